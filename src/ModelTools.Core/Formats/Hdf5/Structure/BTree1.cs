namespace ModelTools.Formats.Hdf5.Structure;

/// <summary>The old B-tree: of groups (over symbol nodes) and of chunked datasets.</summary>
internal static class BTree1
{
    /// <summary>The tree is over symbol nodes.</summary>
    public const int Groups = 0;

    /// <summary>The tree is over chunks.</summary>
    public const int Chunks = 1;

    /// <summary>What the leaves point to, from left to right.</summary>
    /// <param name="image">The file.</param>
    /// <param name="root">Address of the root node.</param>
    /// <param name="type"><see cref="Groups"/> or <see cref="Chunks"/>.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="what">What the tree is, for messages.</param>
    /// <returns>Key (left of it) and address of each.</returns>
    /// <exception cref="Diagnostics.ModelToolsException">MT1002, MT1003: damaged; MT2007: a node comes twice.</exception>
    public static List<(ReadOnlyMemory<byte> Key, long Child)> Leaves(Hdf5Image image, long root, int type, int keySize, string what)
    {
        var found = new List<(ReadOnlyMemory<byte>, long)>();
        Visit(root, expectedLevel: null, []);
        return found;

        void Visit(long address, int? expectedLevel, HashSet<long> seen)
        {
            if (!seen.Add(address))
            {
                throw image.Error(Diagnostics.ErrorCode.StructureLimit, $"The {what} comes to its node at {address} twice.");
            }

            var headSize = 8 + (2 * image.OffsetSize);
            var head = image.Cursor(image.ReadBlock(address, headSize, what), what);
            head.Signature("TREE"u8);
            int nodeType = head.Byte(), level = head.Byte(), count = head.UInt16();
            if (nodeType != type || (expectedLevel is { } expected && level != expected))
            {
                throw image.Corrupt($"The {what} has a node at {address} of the wrong kind (type {nodeType}, level {level}).");
            }

            var entries = image.ReadBlock(address + headSize, count * (long)(keySize + image.OffsetSize), what);
            for (var i = 0; i < count; i++)
            {
                var at = i * (keySize + image.OffsetSize);
                var child = image.Cursor(entries.AsSpan(at + keySize), what).Address();
                if (level > 0)
                {
                    Visit(child, level - 1, seen);
                }
                else
                {
                    found.Add((entries.AsMemory(at, keySize), child));
                }
            }
        }
    }
}
