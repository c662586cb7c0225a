using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>A layer from one tensor to one tensor.</summary>
public abstract record TensorLayer : Layer
{
    /// <summary>True if a mask on the input holds for the output as well.</summary>
    [Objects.ConfigIgnore]
    public virtual bool PassesMask => false;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Masked<T>> Call<T>(LayerCall<T> call)
    {
        var input = call.Inputs[0];
        var output = Call(call.Operators, input.Value, call);
        (this as IActivityRegularized)?.AddPenalty(call, output);
        return [new Masked<T>(output, PassesMask ? input.Mask : null)];
    }

    /// <summary>Computes the output.</summary>
    /// <param name="op">The vocabulary.</param>
    /// <param name="input">The input, in the layer's compute type.</param>
    /// <param name="call">Weights, mask and mode.</param>
    protected abstract T Call<T>(IOperators<T> op, T input, LayerCall<T> call)
        where T : class;
}
