using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using TorchSharp;
using Padding = ModelTools.Operators.Padding;

namespace ModelTools.Tests.Torch.Operators;

/// <summary>Convolutions and their gradients in single precision against double precision, which the engine computes by other code.</summary>
public sealed class ConvolutionSoundnessTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void SingleAndDoublePrecisionAgreeForAnyShape(bool transposed)
    {
        Engine.Require();
        using var op = new TorchOperators(seed: 5);
        var random = new Random(5);
        for (var round = 0; round < 150; round++)
        {
            using var scope = torch.NewDisposeScope();
            var size = random.Next(1, 6);
            var (input, output, length) = (random.Next(1, 40), random.Next(1, 40), random.Next(size, 9));
            var window = new Window([size, size], [random.Next(1, 4), random.Next(1, 4)], random.Next(2) == 0 ? Padding.Same : Padding.Valid, [1, 1]);
            var x = op.RandomNormal(DType.Float32, [random.Next(1, 4), length, length, input], 0, 1, 7);
            var kernel = op.RandomNormal(DType.Float32, transposed ? [size, size, output, input] : [size, size, input, output], 0, 1, 7);
            var single = Run(op, x, kernel, window, transposed);
            var exact = Run(op, x.to_type(torch.ScalarType.Float64), kernel.to_type(torch.ScalarType.Float64), window, transposed);
            Assert.All(single.Zip(exact), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 1e-4));
        }
    }

    private static double Distance(torch.Tensor single, torch.Tensor exact) =>
        (single - exact).abs().max().item<double>() / (1 + exact.abs().max().item<double>());

    private static torch.Tensor[] Run(TorchOperators op, torch.Tensor x, torch.Tensor kernel, Window window, bool transposed)
    {
        var (a, b) = (x.detach().requires_grad_(true), kernel.detach().requires_grad_(true));
        var result = transposed ? op.ConvolutionTranspose(a, b, window) : op.Convolution(a, b, window);
        result.square().sum().backward();
        return [result.detach(), a.grad!, b.grad!];
    }
}
