using ModelTools.Objects;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Takes an optimizer from one generation of Keras to the other.</summary>
internal static class OptimizerNames
{
    /// <summary>The same optimizer as a class of the generation that is written, under that generation's own name: <c>RMSprop</c>, <c>rm_sprop</c>.</summary>
    /// <remarks>Keras 3 finds an optimizer of an HDF5 file by the name if it does not know the class.</remarks>
    public static Optimizer For(Optimizer optimizer, KerasDialect dialect)
    {
        var isOfTarget = (optimizer.Generation is OptimizerGeneration.Keras3) == (dialect is KerasDialect.Keras3);
        if (isOfTarget)
        {
            return optimizer;
        }

        var hasOwnName = optimizer.Name != optimizer.ClassName && optimizer.Name != SnakeCase.Of(optimizer.ClassName);
        return dialect is KerasDialect.Keras3
            ? optimizer with { Generation = OptimizerGeneration.Keras3, Name = hasOwnName ? optimizer.Name : SnakeCase.Of(optimizer.ClassName) }
            : optimizer with { Generation = OptimizerGeneration.Keras2, Name = hasOwnName ? optimizer.Name : optimizer.ClassName };
    }
}
