using ModelTools.Operators;
using ModelTools.Torch.Operators;
using TorchSharp;
using Padding = ModelTools.Operators.Padding;

namespace ModelTools.Tests.Torch.Operators;

/// <summary>The engine's convolutions in single precision against the same in double precision, which it computes with other kernels: values and gradients.</summary>
public class ConvolutionKernelTests
{
    private static readonly (int Size, int Into, int OutOf)[] Sizes = [(1, 1, 1), (2, 1, 2), (3, 3, 2), (2, 2, 3), (3, 4, 8), (2, 16, 16), (3, 3, 32)];

    [SkippableTheory]
    [InlineData("plain")]
    [InlineData("groups")]
    [InlineData("depthwise")]
    [InlineData("transposed")]
    public void Single_precision_agrees_with_double(string kind)
    {
        Engine.Require();
        using var op = new TorchOperators();
        var failures = new List<string>();
        foreach (var (rank, stride, dilation, padding) in from rank in Enumerable.Range(1, 3) from pair in new[] { (1, 1), (2, 1), (3, 1), (1, 2) } from padding in new[] { Padding.Valid, Padding.Same } select (rank, pair.Item1, pair.Item2, padding))
        {
            foreach (var (size, into, outOf) in Sizes)
            {
                using var scope = torch.NewDisposeScope();
                var groups = kind == "groups" ? 2 : 1;
                long[] spatial = [.. Enumerable.Range(5, rank).Select(extent => (long)extent)];
                long[] channels = kind switch
                {
                    "transposed" => [outOf, into],
                    "depthwise" => [into, outOf > 8 ? 1 : outOf],
                    _ => [into, outOf * groups],
                };
                var x = torch.randn([2, .. spatial, into * groups], torch.float64);
                var kernel = torch.randn([.. Enumerable.Repeat((long)size, rank), .. channels], torch.float64);
                var window = new Window(Repeat(size, rank), Repeat(stride, rank), padding, Repeat(dilation, rank));
                var exact = Run(op, kind, x, kernel, window, groups);
                var single = Run(op, kind, x.to(torch.float32), kernel.to(torch.float32), window, groups);
                foreach (var (what, a, b) in new[] { ("value", exact.Value, single.Value), ("gradient of the input", exact.Input, single.Input), ("gradient of the kernel", exact.Kernel, single.Kernel) })
                {
                    var difference = (a - b.to(torch.float64)).abs().max().item<double>();
                    if (!(difference < 1e-2))
                    {
                        failures.Add($"{what}, rank {rank}, size {size}, stride {stride}, dilation {dilation}, {padding}, {into} to {outOf} channels: {difference:g3}");
                    }
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    private static (torch.Tensor Value, torch.Tensor Input, torch.Tensor Kernel) Run(TorchOperators op, string kind, torch.Tensor x, torch.Tensor kernel, Window window, int groups)
    {
        x = x.detach().requires_grad_(true);
        kernel = kernel.detach().requires_grad_(true);
        var value = kind switch
        {
            "depthwise" => op.DepthwiseConvolution(x, kernel, window),
            "transposed" => op.ConvolutionTranspose(x, kernel, window),
            _ => op.Convolution(x, kernel, window, groups),
        };
        value.square().sum().backward();
        return (value.detach(), x.grad!, kernel.grad!);
    }

    private static int[] Repeat(int value, int count) => [.. Enumerable.Repeat(value, count)];
}
