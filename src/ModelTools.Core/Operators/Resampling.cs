using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>Resizing one axis is a linear map; pixel centres lie at halves (TensorFlow 2).</summary>
internal readonly record struct Resampling(int From, int To)
{
    /// <summary>int32 [to]: the nearest source of each element.</summary>
    public Tensor Nearest()
    {
        var indices = new int[To];
        for (var i = 0; i < To; i++)
        {
            indices[i] = Math.Min((int)Math.Floor((i + 0.5) * From / To), From - 1);
        }

        return Tensor.FromArray(indices);
    }

    /// <summary>float32 [to, from]: the weights of the two sources between which each element lies.</summary>
    public Tensor Linear()
    {
        var weights = new float[(long)To * From];
        for (var i = 0; i < To; i++)
        {
            var position = ((i + 0.5) * From / To) - 0.5;
            var lower = (int)Math.Floor(position);
            var upperWeight = (float)(position - lower);
            weights[((long)i * From) + Math.Clamp(lower, 0, From - 1)] += 1 - upperWeight;
            weights[((long)i * From) + Math.Clamp(lower + 1, 0, From - 1)] += upperWeight;
        }

        return Tensor.FromArray(weights, To, From);
    }
}
