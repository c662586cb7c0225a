using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.Checkpoint;

/// <summary>Checks that an index and the data files fit each other, before anything is read or memory taken.</summary>
internal static class BundleChecks
{
    private const int MaximumSlices = 4096;

    /// <summary>Checks all entries: place, size, and that no two share bytes.</summary>
    /// <exception cref="ModelToolsException">MT1002 or MT1004.</exception>
    public static void Check(BundleIndex index, IReadOnlyList<SourceFile> shards)
    {
        List<(BundleEntry Entry, string Name)> stored = [.. index.Slices.Select(entry => (entry, "(a slice)"))];
        foreach (var (name, entry) in index.Tensors)
        {
            if (entry.Slices.Count > 0)
            {
                Slices(index, name, entry);
            }
            else
            {
                stored.Add((entry, name));
            }
        }

        foreach (var (entry, name) in stored)
        {
            CheckPlace(entry, name, shards);
            CheckSize(entry, name, index.Path);
        }

        CheckOverlap(stored, index.Path);
    }

    /// <summary>The parts of a partitioned tensor, which must fill it exactly.</summary>
    public static IReadOnlyList<(long[] Start, BundleEntry Entry)> Slices(BundleIndex index, string name, BundleEntry whole)
    {
        if (whole.Slices.Count > MaximumSlices)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The tensor '{name}' is cut into {whole.Slices.Count} parts.") { Path = index.Path, Location = name };
        }

        List<(long[] Start, BundleEntry Entry)> parts = [];
        Int128 elements = 0;
        foreach (var slice in whole.Slices)
        {
            if (slice.Within(whole.Shape) is not { } box || index.FindSlice(name, slice) is not { } entry
                || entry.DataType != whole.DataType || !entry.Shape.Equals(box.Shape) || entry.Slices.Count > 0)
            {
                throw Damaged(index.Path, name, "a part of the tensor is missing or does not fit it");
            }

            if (parts.Exists(other => Overlaps(other.Start, other.Entry.Shape, box.Start, box.Shape)))
            {
                throw Damaged(index.Path, name, "parts of the tensor overlap");
            }

            parts.Add((box.Start, entry));
            elements += Elements(box.Shape);
        }

        return elements == Elements(whole.Shape) ? parts : throw Damaged(index.Path, name, "the parts do not fill the tensor");
    }

    private static void CheckPlace(BundleEntry entry, string name, IReadOnlyList<SourceFile> shards)
    {
        if (entry.Shard < 0 || entry.Shard >= shards.Count)
        {
            throw Damaged(shards[0].Path, name, $"it is said to lie in data file {entry.Shard} of {shards.Count}");
        }

        var file = shards[entry.Shard];
        if (entry.Offset > file.Length - entry.Size)
        {
            throw new ModelToolsException(ErrorCode.Truncated, $"The tensor '{name}' is said to lie at {entry.Offset} to {entry.Offset}+{entry.Size}, but the data file holds {file.Length} bytes.")
            {
                Path = file.Path,
                Location = name,
            };
        }
    }

    private static void CheckSize(BundleEntry entry, string name, string path)
    {
        var elements = Elements(entry.Shape);
        var width = TensorFlowDType.Size(entry.DataType);
        var fits = entry.DataType % 100 == TensorFlowDType.String
            ? elements <= Math.Max(entry.Size - sizeof(uint), 0) && (elements > 0 || entry.Size <= sizeof(uint))
            : width == 0 || elements * width == entry.Size;
        if (!fits)
        {
            throw Damaged(path, name, $"{entry.Size} bytes are stored for {TensorFlowDType.Name(entry.DataType)} {entry.Shape}");
        }
    }

    private static void CheckOverlap(List<(BundleEntry Entry, string Name)> stored, string path)
    {
        stored.RemoveAll(item => item.Entry.Size == 0);
        stored.Sort((a, b) => (a.Entry.Shard, a.Entry.Offset).CompareTo((b.Entry.Shard, b.Entry.Offset)));
        for (var i = 1; i < stored.Count; i++)
        {
            var (before, after) = (stored[i - 1].Entry, stored[i].Entry);
            if (before.Shard == after.Shard && before.Offset + before.Size > after.Offset)
            {
                throw Damaged(path, stored[i].Name, $"it shares bytes with '{stored[i - 1].Name}'");
            }
        }
    }

    private static bool Overlaps(long[] start, Shape shape, long[] otherStart, Shape otherShape)
    {
        for (var axis = 0; axis < start.Length; axis++)
        {
            if (start[axis] >= otherStart[axis] + otherShape[axis] || otherStart[axis] >= start[axis] + shape[axis])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Number of elements; dimensions that no file could hold stay comparable instead of overflowing.</summary>
    private static Int128 Elements(Shape shape)
    {
        Int128 count = 1;
        foreach (var dimension in shape)
        {
            count = Int128.Min(count * dimension, long.MaxValue);
        }

        return count;
    }

    private static ModelToolsException Damaged(string path, string name, string why) =>
        new(ErrorCode.CorruptCheckpoint, $"The checkpoint's entry of tensor '{name}' is damaged: {why}.") { Path = path, Location = name };
}
