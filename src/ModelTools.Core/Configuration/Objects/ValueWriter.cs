using System.Collections;
using ModelTools.Configuration.Json;
using ModelTools.Layers;
using ModelTools.Objects;
using ModelTools.Tensors;
using ModelTools.Training;

namespace ModelTools.Configuration;

/// <summary>Turns the values of properties into JSON.</summary>
internal static class ValueWriter
{
    /// <summary>Writes a value.</summary>
    public static ConfigValue Write(object? value, WriteContext context) => value switch
    {
        null => ConfigNull.Value,
        int number => number,
        long number => number,
        double number => number,
        bool flag => flag,
        string text => text,
        DType dtype => dtype.Name(),
        Enum word => ConfigWords.Of(word.GetType(), word),
        DTypePolicy policy => DTypePolicyJson.Write(policy),
        Shape shape => WriteShape(shape),
        IntegerList { IsSingle: true } single => single[0],
        IntegerList list => ConfigArray.Create(list.Select(item => (ConfigValue)item)),
        NumberList { IsSingle: true } single => single[0],
        NumberList list => ConfigArray.Create(list.Select(item => (ConfigValue)item)),
        Borders { Count: 1 } pair => Pair(pair[0]),
        Borders pairs => ConfigArray.Create(pairs.Select(pair => (ConfigValue)Pair(pair))),
        ActivationFunction activation => ActivationJson.Write(activation, context),
        ConstantLearningRate constant => constant.Value,
        KerasObject inner => ObjectWriter.Write(inner, context),
        IEnumerable items => ConfigArray.Create(items.Cast<object?>().Select(item => Write(item, context))),
        _ => throw new InvalidOperationException($"Values of the type {value.GetType().Name} have no form in JSON."),
    };

    private static ConfigArray Pair((int Before, int After) pair) => [pair.Before, pair.After];

    /// <summary>Writes dimensions; open ones are null.</summary>
    public static ConfigArray WriteShape(Shape shape) =>
        ConfigArray.Create(shape.Select(dimension => dimension < 0 ? ConfigNull.Value : (ConfigValue)dimension));
}
