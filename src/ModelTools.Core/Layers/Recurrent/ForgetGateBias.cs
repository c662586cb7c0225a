using ModelTools.Tensors;

namespace ModelTools.Layers;

/// <summary>The bias of an LSTM with <c>unit_forget_bias</c>: ones in the block of the forget gate, so that it begins by remembering.</summary>
internal sealed record ForgetGateBias(Initializer Others) : Initializer
{
    public override Tensor Create(Shape shape, DType dtype, Random random)
    {
        var units = shape[0] / 4;
        var size = units * dtype.Size();
        var tensor = Tensor.Allocate(dtype, shape, out var data);
        Copy(Others.Create([units], dtype, random), 0);
        Copy(Numbers.Filled([units], dtype, 1), size);
        Copy(Others.Create([2 * units], dtype, random), 2 * size);
        return tensor;

        void Copy(Tensor part, long offset) => part.Data.Read(0, data.Span(offset, checked((int)part.Data.Length)));
    }
}
