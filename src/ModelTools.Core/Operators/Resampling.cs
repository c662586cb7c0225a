using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>Resizing one axis is a linear map; pixel centres lie at halves (TensorFlow 2).</summary>
internal readonly record struct Resampling(int From, int To)
{
    // TensorFlow looks cubic weights up in a table of so many steps between two pixels.
    private const float CubicSteps = 1024;

    private float Scale => (float)From / To;

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

    /// <summary>float32 [to, from]: how much of each source an element takes.</summary>
    /// <param name="interpolation">Any but nearest.</param>
    /// <param name="antialias">Whether the filter grows as the axis shrinks.</param>
    public Tensor Weights(Interpolation interpolation, bool antialias)
    {
        var weights = new float[(long)To * From];
        for (var i = 0; i < To; i++)
        {
            var row = weights.AsSpan(i * From, From);
            switch (interpolation)
            {
                case Interpolation.Area:
                    Area(row, i);
                    break;
                case Interpolation.Bilinear when !antialias:
                    Linear(row, i);
                    break;
                default:
                    Filtered(row, i, ResamplingFilter.Of(interpolation), antialias, isStepped: interpolation is Interpolation.Bicubic && !antialias);
                    break;
            }
        }

        return Tensor.FromArray(weights, To, From);
    }

    private void Linear(Span<float> row, int i)
    {
        var position = ((i + 0.5) * From / To) - 0.5;
        var lower = (int)Math.Floor(position);
        var upperWeight = (float)(position - lower);
        row[Math.Clamp(lower, 0, From - 1)] += 1 - upperWeight;
        row[Math.Clamp(lower + 1, 0, From - 1)] += upperWeight;
    }

    private void Area(Span<float> row, int i)
    {
        var (start, end) = (i * Scale, (i + 1) * Scale);
        for (var source = (int)MathF.Floor(start); source < MathF.Ceiling(end); source++)
        {
            row[Math.Min(source, From - 1)] += (MathF.Min(source + 1, end) - MathF.Max(source, start)) / Scale;
        }
    }

    // Sources outside of the axis count nothing; what is left of the weights sums to 1.
    private void Filtered(Span<float> row, int i, ResamplingFilter filter, bool antialias, bool isStepped)
    {
        var width = antialias ? MathF.Max(Scale, 1) : 1;
        var center = (i + 0.5f) * Scale;
        if (isStepped)
        {
            var lower = MathF.Floor(center - 0.5f);
            center = lower + 0.5f + (MathF.Round((center - 0.5f - lower) * CubicSteps) / CubicSteps);
        }

        var first = Math.Clamp((int)MathF.Ceiling(center - (filter.Radius * width) - 0.5f), 0, From - 1);
        var last = Math.Clamp((int)MathF.Floor(center + (filter.Radius * width) - 0.5f), 0, From - 1);
        var total = 0f;
        for (var source = first; source <= last; source++)
        {
            row[source] = filter.At(MathF.Abs((source + 0.5f - center) / width));
            total += row[source];
        }

        for (var source = first; source <= last && total != 0; source++)
        {
            row[source] /= total;
        }
    }
}
