using ModelTools.Operators;

namespace ModelTools.Layers;

/// <summary>Cuts the middle out of images. Keras: <c>keras.layers.CenterCrop</c>.</summary>
/// <remarks>Images of known size that are at least as large can be run.</remarks>
/// <param name="Height">Height of the output.</param>
/// <param name="Width">Width of the output.</param>
public sealed record CenterCrop(int Height, int Width) : ImageLayer
{
    /// <inheritdoc/>
    public override void Validate()
    {
        RequireAtLeast(Height, 1, nameof(Height));
        RequireAtLeast(Width, 1, nameof(Width));
    }

    /// <inheritdoc/>
    protected override T Transform<T>(IOperators<T> op, T images, LayerCall<T> call)
    {
        var shape = op.ShapeOf(images);
        if (shape[1] < Height || shape[2] < Width)
        {
            throw Unsupported($"can be run for images of known size that are not smaller than {Height} x {Width}; its input has shape {shape}.");
        }

        var (top, left) = ((shape[1] - Height) / 2, (shape[2] - Width) / 2);
        return op.Slice(op.Slice(images, 1, top, top + Height), 2, left, left + Width);
    }
}
