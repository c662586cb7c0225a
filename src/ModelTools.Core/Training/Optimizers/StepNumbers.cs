using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Numbers of a step, rounded as Keras rounds them: it computes them in the variable's type, where 1 - 0.999 is not 0.001.</summary>
internal static class StepNumbers
{
    /// <summary>number^exponent.</summary>
    public static double Power(DType dtype, double number, double exponent) =>
        dtype is DType.Float64 ? Math.Pow(number, exponent) : MathF.Pow((float)number, (float)exponent);

    /// <summary>1 - number, the number being a variable or constant of that type.</summary>
    public static double OneMinus(DType dtype, double number) => dtype is DType.Float64 ? 1 - number : 1f - (float)number;
}
