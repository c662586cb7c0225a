using System.Globalization;
using ModelTools.Operators;
using TorchSharp;
using Compute = System.Func<ModelTools.Operators.IOperators<TorchSharp.torch.Tensor>, TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;
using Padding = ModelTools.Operators.Padding;

namespace ModelTools.Tests.Torch.Operators;

/// <summary>Single operators against what TensorFlow itself computed on edge cases (extreme values, odd sizes, half precision).</summary>
public sealed class OperatorNumericsTests
{
    private static readonly (string Name, UnaryOperator Operator)[] Activations =
    [
        ("relu", UnaryOperator.Relu), ("relu6", UnaryOperator.Relu6), ("elu", UnaryOperator.Elu), ("selu", UnaryOperator.Selu), ("softplus", UnaryOperator.Softplus),
        ("softsign", UnaryOperator.Softsign), ("sigmoid", UnaryOperator.Sigmoid), ("tanh", UnaryOperator.Tanh), ("exponential", UnaryOperator.Exp),
    ];

    [SkippableTheory]
    [InlineData("activation", 1e-5)]
    [InlineData("activation_grid", 1e-5)]
    [InlineData("activation_half", 2e-3)]
    public void ActivationsOnExtremeValuesAGridAndInHalfPrecision(string group, double tolerance)
    {
        var cases = Recorded.Numerics();
        var tested = Activations.Where(activation => cases.Has($"{group}/{activation.Name}.out0")).ToArray();
        Assert.InRange(tested.Length, 7, 9);
        Compare.All(tested.Select(activation => ($"{group}/{activation.Name}", (Compute)((op, x) => op.Unary(activation.Operator, x)))), tolerance);
    }

    [SkippableFact]
    public void Rows() => Compare.All(
        [
            ("rows/softmax", (op, x) => op.Softmax(x)),
            ("rows/log_softmax", (op, x) => op.LogSoftmax(x)),
            ("rows/softmax_axis0", (op, x) => op.Softmax(x, 0)),
        ],
        1e-5);

    [SkippableFact]
    public void PoolingOfOddSizesAndSpecialValues()
    {
        var cases = Recorded.Numerics().Names("pool/").Select(name =>
        {
            var parts = name.Split('_');
            var pooling = name.Contains("Max", StringComparison.Ordinal) || name.Contains("max", StringComparison.Ordinal) ? Pooling.Maximum : Pooling.Average;
            var window = parts.Length == 5
                ? new Window([Number(parts[2])], [Number(parts[3])], parts[4] == "same" ? Padding.Same : Padding.Valid, [1])
                : name.Contains("2d", StringComparison.Ordinal) ? new Window([3, 3], [2, 2], Padding.Same, [1, 1]) : new Window([2], [1], Padding.Same, [1]);
            return (name, (Compute)((op, x) => op.Pool(pooling, x, window)));
        }).ToArray();
        Assert.InRange(cases.Length, 50, 60);
        Compare.All(cases, 1e-5);
    }

    [SkippableFact]
    public void ConvolutionOfEveryPaddingStrideAndDilation()
    {
        var recorded = Recorded.Numerics();
        var cases = recorded.Names("conv/c1_").Select(name =>
        {
            var parts = name.Split('_');
            var window = new Window([Number(parts[2])], [Number(parts[3])], Enum.Parse<Padding>(parts[5], ignoreCase: true), [Number(parts[4])]);
            return (name, (Compute)((op, x) =>
                op.BiasAdd(op.Convolution(x, op.Constant(recorded.Read($"{name}.w0")), window), op.Constant(recorded.Read($"{name}.w1")))));
        }).ToArray();
        Assert.InRange(cases.Length, 60, 80);
        Compare.All(cases, 1e-5);
    }

    [SkippableFact]
    public void TransposedConvolutionOfEveryPaddingStrideAndExtraLength()
    {
        var recorded = Recorded.Numerics();
        var cases = recorded.Names("conv/t1_").Select(name =>
        {
            var parts = name.Split('_');
            var window = new Window([Number(parts[2])], [Number(parts[3])], Enum.Parse<Padding>(parts[4], ignoreCase: true), [1]);
            int[]? extra = parts[5] == "None" ? null : [Number(parts[5])];
            return (name, (Compute)((op, x) =>
                op.BiasAdd(op.ConvolutionTranspose(x, op.Constant(recorded.Read($"{name}.w0")), window, extra), op.Constant(recorded.Read($"{name}.w1")))));
        }).ToArray();
        Assert.InRange(cases.Length, 100, 130);
        Compare.All(cases, 1e-5);
    }

    [SkippableTheory]
    [InlineData("nearest", Interpolation.Nearest)]
    [InlineData("bilinear", Interpolation.Bilinear)]
    public void Resizing(string name, Interpolation interpolation) => Compare.All(
        from factors in new[] { (2, 2), (3, 2), (1, 4) }
        select ($"resize/up_{factors.Item1}{factors.Item2}_{name}", (Compute)((op, x) => op.Resize(x, factors.Item1, factors.Item2, interpolation))),
        1e-5);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
