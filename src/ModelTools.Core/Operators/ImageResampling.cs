using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <summary>Resizing of images of known size, made of primitive operators: each axis is a linear map of its own.</summary>
internal static class ImageResampling
{
    /// <summary>Resizes [batch, height, width, channels].</summary>
    /// <exception cref="ModelToolsException">MT4002: the images' size is not known.</exception>
    public static T Resize<T>(IOperators<T> op, T x, ImageResizing resizing)
        where T : class
    {
        var shape = op.ShapeOf(x);
        if (shape[1] < 0 || shape[2] < 0)
        {
            throw new ModelToolsException(ErrorCode.UnsupportedOption, $"Images of shape {shape} cannot be resized here: their size is not known.");
        }

        x = Fitted(op, x, resizing);
        shape = op.ShapeOf(x);
        var (rows, columns) = (new Resampling((int)shape[1], resizing.Height), new Resampling((int)shape[2], resizing.Width));
        if (rows.From == rows.To && columns.From == columns.To)
        {
            return x;
        }

        if (resizing.Interpolation is Interpolation.Nearest)
        {
            return op.Gather(op.Gather(x, op.Constant(rows.Nearest()), 1), op.Constant(columns.Nearest()), 2);
        }

        var resized = op.Einsum("bhwc,yh->bywc", op.Cast(x, DType.Float32), op.Constant(rows.Weights(resizing.Interpolation, resizing.Antialias)));
        return op.Cast(op.Einsum("bywc,xw->byxc", resized, op.Constant(columns.Weights(resizing.Interpolation, resizing.Antialias))), op.DTypeOf(x));
    }

    private static T Fitted<T>(IOperators<T> op, T x, ImageResizing resizing)
        where T : class
    {
        var shape = op.ShapeOf(x);
        var (height, width) = ((int)shape[1], (int)shape[2]);

        // Single precision, and toward zero, as in Keras.
        var fittingHeight = (int)((float)(width * resizing.Height) / resizing.Width);
        var fittingWidth = (int)((float)(height * resizing.Width) / resizing.Height);
        switch (resizing.Fit)
        {
            case ImageFit.Crop:
                var (cutHeight, cutWidth) = (Math.Clamp(fittingHeight, 1, height), Math.Clamp(fittingWidth, 1, width));
                var (top, left) = ((height - cutHeight) / 2, (width - cutWidth) / 2);
                return op.Slice(op.Slice(x, 1, top, top + cutHeight), 2, left, left + cutWidth);
            case ImageFit.Pad:
                var (above, before) = ((Math.Max(height, fittingHeight) - height) / 2, (Math.Max(width, fittingWidth) - width) / 2);
                return op.Pad(x, [(0, 0), (above, above), (before, before), (0, 0)], resizing.FillValue);
            default:
                return x;
        }
    }
}
