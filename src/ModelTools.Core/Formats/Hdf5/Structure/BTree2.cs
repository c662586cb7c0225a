using System.Numerics;

namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The new B-tree: an index over records of one size.</summary>
/// <param name="Type">What the records are.</param>
/// <param name="Records">All records, in order.</param>
internal sealed record BTree2(int Type, IReadOnlyList<ReadOnlyMemory<byte>> Records)
{
    private const string What = "index";
    private const int NodeOverhead = 10;
    private const int DeepestTree = 16;

    /// <summary>Reads a whole tree.</summary>
    /// <param name="image">The file.</param>
    /// <param name="address">Where its header is.</param>
    /// <param name="lowest">Lowest type of records that is expected.</param>
    /// <param name="highest">Highest type.</param>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2007: a node comes twice.</exception>
    public static BTree2 Read(Hdf5Image image, long address, int lowest, int highest)
    {
        var cursor = image.Cursor(image.ReadChecked(address, 22 + image.OffsetSize + image.LengthSize, What), What);
        cursor.Signature("BTHD"u8);
        cursor.Version(0, 0);
        int type = cursor.Byte();
        var nodeSize = cursor.UInt32();
        int recordSize = cursor.UInt16(), depth = cursor.UInt16();
        cursor.Skip(2);
        var root = cursor.Address();
        int rootRecords = cursor.UInt16();
        if (type < lowest || type > highest || recordSize == 0 || nodeSize < NodeOverhead + recordSize || depth > DeepestTree)
        {
            throw image.Corrupt($"The index at {address} has records of type {type} and {recordSize} bytes in nodes of {nodeSize}, {depth} levels deep.");
        }

        var records = new List<ReadOnlyMemory<byte>>();
        if (root != Hdf5Image.Undefined && rootRecords > 0)
        {
            new Walk(image, type, nodeSize, recordSize, Levels(image, nodeSize, recordSize, depth), records).Visit(root, rootRecords, depth);
        }

        return new BTree2(type, records);
    }

    /// <summary>How a child of a node at each level is written: bytes of its record count, and of the count below it.</summary>
    private static (int Count, int Total)[] Levels(Hdf5Image image, long nodeSize, int recordSize, int depth)
    {
        var most = (nodeSize - NodeOverhead) / recordSize;
        var countSize = BytesFor(most);
        var levels = new (int, int)[depth + 1];
        var (below, totalSize) = (most, 0);
        for (var level = 1; level <= depth; level++)
        {
            levels[level] = (countSize, totalSize);
            var pointer = image.OffsetSize + countSize + totalSize;
            most = Math.Max((nodeSize - NodeOverhead - pointer) / (recordSize + pointer), 0);
            below = below > long.MaxValue / (most + 2) ? long.MaxValue : ((most + 1) * below) + most;
            totalSize = BytesFor(below);
        }

        return levels;
    }

    private static int BytesFor(long most) => (BitOperations.Log2((ulong)Math.Max(most, 1)) / 8) + 1;

    private sealed class Walk(Hdf5Image image, int type, long nodeSize, int recordSize, (int Count, int Total)[] levels, List<ReadOnlyMemory<byte>> records)
    {
        private readonly HashSet<long> _seen = [];

        public void Visit(long address, long count, int level)
        {
            if (!_seen.Add(address))
            {
                throw image.Error(Diagnostics.ErrorCode.StructureLimit, $"The index comes to its node at {address} twice.");
            }

            var pointer = level == 0 ? 0 : image.OffsetSize + levels[level].Count + levels[level].Total;
            var size = 6 + (count * recordSize) + (level == 0 ? 0 : (count + 1) * pointer) + 4;
            if (size > nodeSize)
            {
                throw image.Corrupt($"The index has a node at {address} with {count} records, more than fit.");
            }

            var block = image.ReadChecked(address, size, What);
            var cursor = image.Cursor(block, What);
            cursor.Signature(level == 0 ? "BTLF"u8 : "BTIN"u8);
            cursor.Version(0, 0);
            if (cursor.Byte() != type)
            {
                throw image.Corrupt($"The index has a node of another type at {address}.");
            }

            var first = cursor.Position;
            cursor.Skip(count * recordSize);
            for (var i = 0; i <= count; i++)
            {
                if (level > 0)
                {
                    var child = cursor.Address();
                    var childCount = cursor.Number(levels[level].Count);
                    cursor.Skip(levels[level].Total);
                    Visit(child, childCount, level - 1);
                }

                if (i < count)
                {
                    records.Add(block.AsMemory(first + (i * recordSize), recordSize));
                }
            }
        }
    }
}
