using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Training;

/// <summary>Checks class numbers before they are used: one outside of the classes has no prediction, and TensorFlow makes NaN of it or stops.</summary>
public static class ClassLabels
{
    /// <summary>Checks that each label is the number of a class, where the loss takes numbers of classes.</summary>
    /// <param name="loss">The loss of the output, which may be given by name.</param>
    /// <param name="target">The labels, batch first; each is looked at once, block by block.</param>
    /// <param name="output">Name, type and shape of the output, whose last axis counts the classes.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    /// <exception cref="ModelToolsException">MT3011: a label is negative, too large or no number; the message names it and its row.</exception>
    public static void Check(Loss loss, Tensor target, TensorSpec output, CancellationToken cancellation = default)
    {
        if (output.Shape.Rank == 0 || output.Shape[^1] < 0 || loss.Resolve(target.Shape, output.Shape) is not SparseCategoricalCrossentropy sparse)
        {
            return;
        }

        using var sink = new Sink(target.DType, output.Shape[^1], sparse.IgnoreClass);
        target.Data.CopyTo(sink, cancellation);
        if (sink.Found is not var (index, label))
        {
            return;
        }

        var row = target.Shape.Rank == 0 ? 0 : index / Math.Max(1, target.Shape.ElementCount / target.Shape[0]);
        throw new ModelToolsException(
            ErrorCode.TargetMismatch,
            string.Create(CultureInfo.InvariantCulture, $"Row {row} of the target has the label {label}; the output '{output.Name}' has {output.Shape[^1]} classes, 0 to {output.Shape[^1] - 1}."))
        {
            Location = output.Name,
            Advice = "Number the classes from 0, or give the model an output for each class.",
        };
    }

    // As TensorFlow takes them: the part behind the point is cut off.
    private sealed class Sink(DType dtype, long classes, int? ignored) : WriteOnlyStream
    {
        public (long Index, double Label)? Found { get; private set; }

        protected override void Take(ReadOnlySpan<byte> bytes)
        {
            if (Found is not null)
            {
                return;
            }

            switch (dtype)
            {
                case DType.UInt8:
                    Search<byte>(bytes);
                    break;
                case DType.Int8:
                    Search<sbyte>(bytes);
                    break;
                case DType.UInt16:
                    Search<ushort>(bytes);
                    break;
                case DType.Int16:
                    Search<short>(bytes);
                    break;
                case DType.UInt32:
                    Search<uint>(bytes);
                    break;
                case DType.Int32:
                    Search<int>(bytes);
                    break;
                case DType.UInt64:
                    Search<ulong>(bytes);
                    break;
                case DType.Int64:
                    Search<long>(bytes);
                    break;
                case DType.Float16:
                    Search<Half>(bytes);
                    break;
                case DType.Float32:
                    Search<float>(bytes);
                    break;
                case DType.Float64:
                    Search<double>(bytes);
                    break;
            }
        }

        private void Search<T>(ReadOnlySpan<byte> bytes)
            where T : unmanaged, INumber<T>
        {
            var labels = MemoryMarshal.Cast<byte, T>(bytes);
            for (var i = 0; i < labels.Length; i++)
            {
                var label = labels[i];
                var isInside = T.IsNegative(label) ? label > T.CreateSaturating(-1) : !T.IsNaN(label) && ulong.CreateSaturating(label) < (ulong)classes;
                if (!isInside && !(ignored is { } passed && label == T.CreateSaturating(passed)))
                {
                    Found = ((Position / Unsafe.SizeOf<T>()) + i, double.CreateSaturating(label));
                    return;
                }
            }
        }
    }
}
