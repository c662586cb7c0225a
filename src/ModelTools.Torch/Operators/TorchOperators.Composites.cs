using ModelTools.Operators;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace ModelTools.Torch.Operators;

/// <content>Composites for which the engine has one kernel with the same meaning.</content>
internal sealed partial class TorchOperators
{
    /// <inheritdoc/>
    public torch.Tensor Affine(torch.Tensor x, torch.Tensor kernel, torch.Tensor? bias) =>
        bias is null ? x.matmul(kernel) : x.dim() == 2 ? bias.addmm(x, kernel, 1, 1) : x.matmul(kernel).add(bias);

    /// <inheritdoc/>
    public torch.Tensor Softmax(torch.Tensor x, int axis = -1) => F.softmax(x, axis);

    /// <inheritdoc/>
    public torch.Tensor LogSoftmax(torch.Tensor x, int axis = -1) => F.log_softmax(x, axis);

    /// <inheritdoc/>
    public torch.Tensor Normalize(torch.Tensor x, torch.Tensor mean, torch.Tensor variance, torch.Tensor? offset, torch.Tensor? scale, double epsilon)
    {
        var factor = variance.add(epsilon).rsqrt();
        factor = scale is null ? factor : factor.mul(scale);
        var shift = mean.mul(factor);
        return (offset is null ? shift.neg() : offset.sub(shift)).addcmul(x, factor, 1);
    }

    /// <inheritdoc/>
    public torch.Tensor Dropout(torch.Tensor x, double rate, IReadOnlyList<Dimension<torch.Tensor>>? noiseShape, int? seed)
    {
        using var chances = torch.full(noiseShape is null ? x.shape : Extents(noiseShape), 1 - rate, torch.ScalarType.Float32);
        return x.mul(torch.bernoulli(chances, _random.Get(seed)).to_type(x.dtype).mul_(1 / (1 - rate)));
    }

    /// <inheritdoc/>
    /// <remarks>Beside speed: at a logit of exactly 0 the composite's gradient would be that of |x| at 0; the kernel's is σ(x) - z.</remarks>
    public torch.Tensor SigmoidCrossEntropy(torch.Tensor labels, torch.Tensor logits) => F.binary_cross_entropy_with_logits(logits, labels, reduction: torch.nn.Reduction.None);

    /// <inheritdoc/>
    /// <remarks>Memory does not grow with the classes as the composite's comparison with each of them does; a label that is no class is an error.</remarks>
    public torch.Tensor SparseSoftmaxCrossEntropy(torch.Tensor labels, torch.Tensor logits) =>
        F.log_softmax(logits, -1).gather(-1, labels.unsqueeze(-1)).squeeze(-1).neg();
}
