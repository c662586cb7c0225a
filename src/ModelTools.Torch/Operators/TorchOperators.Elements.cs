using ModelTools.Operators;
using ModelTools.Tensors;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace ModelTools.Torch.Operators;

/// <content>Operators on elements.</content>
internal sealed partial class TorchOperators
{
    /// <inheritdoc/>
    public torch.Tensor Unary(UnaryOperator op, torch.Tensor x) => op switch
    {
        UnaryOperator.Negate => x.neg(),
        UnaryOperator.Abs => x.abs(),
        UnaryOperator.Sign => x.sign(),
        UnaryOperator.Exp => x.exp(),
        UnaryOperator.Expm1 => x.expm1(),
        UnaryOperator.Log => x.log(),
        UnaryOperator.Log1p => x.log1p(),
        UnaryOperator.Sqrt => x.sqrt(),
        UnaryOperator.Rsqrt => x.rsqrt(),
        UnaryOperator.Square => x.square(),
        UnaryOperator.Sigmoid => x.sigmoid(),
        UnaryOperator.Tanh => x.tanh(),
        UnaryOperator.Relu => x.relu(),
        UnaryOperator.Relu6 => x.relu6(),
        UnaryOperator.Elu => F.elu(x, 1.0),
        UnaryOperator.Selu => x.selu(),
        UnaryOperator.Softplus => F.softplus(x, 1, x.dtype == torch.ScalarType.Float64 ? 40 : 20),
        UnaryOperator.Softsign => x.div(x.abs().add_(1)),
        UnaryOperator.Erf => x.erf(),
        UnaryOperator.Sin => x.sin(),
        UnaryOperator.Cos => x.cos(),
        UnaryOperator.Floor => x.floor(),
        UnaryOperator.Ceiling => x.ceil(),
        UnaryOperator.Round => x.round(),
        UnaryOperator.LogicalNot => x.logical_not(),
        UnaryOperator.IsFinite => x.isfinite(),
        UnaryOperator.IsNaN => x.isnan(),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <inheritdoc/>
    public torch.Tensor Binary(BinaryOperator op, torch.Tensor a, torch.Tensor b) => op switch
    {
        BinaryOperator.Add => a.add(b),
        BinaryOperator.Subtract => a.sub(b),
        BinaryOperator.Multiply => a.mul(b),
        BinaryOperator.Divide => a.is_floating_point() || a.is_complex() ? a.div(b) : a.div(b, torch.RoundingMode.trunc),
        BinaryOperator.FloorDivide => a.div(b, torch.RoundingMode.floor),
        BinaryOperator.FloorModulo => a.remainder(b),
        BinaryOperator.Power => a.pow(b),
        BinaryOperator.Maximum => IsBound(b) ? a.clamp(min: b) : torch.maximum(a, b),
        BinaryOperator.Minimum => IsBound(b) ? a.clamp(max: b) : torch.minimum(a, b),
        BinaryOperator.SquaredDifference => a.sub(b).square(),
        BinaryOperator.LogicalAnd => a.logical_and(b),
        BinaryOperator.LogicalOr => a.logical_or(b),
        BinaryOperator.Equal => a.eq(b),
        BinaryOperator.NotEqual => a.ne(b),
        BinaryOperator.Less => a.lt(b),
        BinaryOperator.LessEqual => a.le(b),
        BinaryOperator.Greater => a.gt(b),
        BinaryOperator.GreaterEqual => a.ge(b),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    /// <inheritdoc/>
    public torch.Tensor Select(torch.Tensor condition, torch.Tensor whenTrue, torch.Tensor whenFalse) => torch.where(condition, whenTrue, whenFalse);

    /// <inheritdoc/>
    public torch.Tensor Cast(torch.Tensor x, DType dtype) => x.to_type(dtype.ToTorch());

    /// <inheritdoc/>
    public torch.Tensor StopGradient(torch.Tensor x) => x.detach();

    /// <summary>A fixed number: against it, an element that is equal keeps its whole gradient, as in TensorFlow; torch.maximum halves it.</summary>
    private static bool IsBound(torch.Tensor b) => b.dim() == 0 && !b.requires_grad;
}
