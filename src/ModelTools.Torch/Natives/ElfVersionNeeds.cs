using System.Buffers.Binary;
using System.Text;

namespace ModelTools.Torch.Natives;

/// <summary>Edits one fact in a 64-bit little-endian ELF library: whether a symbol version that it needs must be there.</summary>
/// <remarks>
/// It reads what the system's loader reads (the dynamic segment), not the section table. A version may only be made
/// optional if no relocation refers to a symbol of that version: then nothing is bound to it at run time.
/// </remarks>
internal sealed class ElfVersionNeeds
{
    private const int HeaderSize = 64;
    private const int SymbolSize = 24;
    private const int RelocationSize = 24;
    private const ushort Weak = 2;

    private readonly byte[] _image;
    private readonly List<(ulong Address, ulong Size, ulong Offset)> _segments = [];
    private readonly Dictionary<ulong, ulong> _dynamic = [];

    private ElfVersionNeeds(byte[] image)
    {
        _image = image;
        ReadHeaders();
    }

    /// <summary>Gives the weak flag to every need for <paramref name="version"/>.</summary>
    /// <param name="image">The library's bytes, changed in place.</param>
    /// <param name="version">A version name such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <exception cref="InvalidDataException">The file is not such a library, does not need the version, or uses it.</exception>
    public static void MakeOptional(byte[] image, string version)
    {
        try
        {
            var needs = new ElfVersionNeeds(image);
            var records = needs.Find(version);
            needs.RefuseIfUsed([.. records.Select(record => needs.UInt16(record + 6))], version);
            foreach (var record in records)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(record + 4), (ushort)(needs.UInt16(record + 4) | Weak));
            }
        }
        catch (Exception outside) when (outside is ArgumentOutOfRangeException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException("A table of the library points outside of the file.", outside);
        }
    }

    private void ReadHeaders()
    {
        const uint Load = 1;
        const uint Dynamic = 2;
        if (_image.Length < HeaderSize || !_image.AsSpan(0, 7).SequenceEqual("\u007FELF\u0002\u0001\u0001"u8) || UInt16(16) != 3 || UInt16(54) != 56)
        {
            throw new InvalidDataException("The file is not a 64-bit little-endian ELF library.");
        }

        (ulong Offset, ulong Size) dynamic = default;
        for (var i = 0; i < UInt16(56); i++)
        {
            var header = checked((int)UInt64(32) + (i * 56));
            switch (UInt32(header))
            {
                case Load when UInt64(header + 32) <= (ulong)_image.Length && UInt64(header + 8) <= (ulong)_image.Length - UInt64(header + 32):
                    _segments.Add((UInt64(header + 16), UInt64(header + 32), UInt64(header + 8)));
                    break;
                case Load:
                    throw new InvalidDataException("The library is truncated.");
                case Dynamic:
                    dynamic = (UInt64(header + 8), UInt64(header + 32));
                    break;
            }
        }

        for (var offset = dynamic.Offset; offset < dynamic.Offset + dynamic.Size; offset += 16)
        {
            var tag = UInt64(checked((int)offset));
            if (tag == 0)
            {
                return;
            }

            _dynamic[tag] = UInt64(checked((int)offset + 8));
        }

        throw new InvalidDataException("The library has no complete dynamic segment.");
    }

    /// <summary>Offsets of the auxiliary records (vernaux) that need a version of this name.</summary>
    private List<int> Find(string version)
    {
        var found = new List<int>();
        var need = FileOffset(Tag(0x6ffffffe, "version needs"));
        for (var remaining = Tag(0x6fffffff, "the number of version needs"); remaining > 0; remaining--)
        {
            if (UInt16(need) != 1)
            {
                throw new InvalidDataException("The library's version needs are of an unknown revision.");
            }

            var record = checked(need + (int)UInt32(need + 8));
            for (var count = (int)UInt16(need + 2); count > 0; count--)
            {
                if (Text(UInt32(record + 8)) == version)
                {
                    found.Add(record);
                }

                record = checked(record + (int)UInt32(record + 12));
            }

            var next = (int)UInt32(need + 12);
            if (next == 0)
            {
                break;
            }

            need = checked(need + next);
        }

        return found.Count > 0 ? found : throw new InvalidDataException($"The library does not need {version}.");
    }

    private void RefuseIfUsed(HashSet<ushort> indices, string version)
    {
        const ulong RelaTable = 7;
        const ulong RelaSize = 8;
        const ulong RelTable = 17;
        const ulong JumpTable = 23;
        const ulong JumpSize = 2;
        const ulong JumpKind = 20;
        if (_dynamic.ContainsKey(RelTable) || (_dynamic.TryGetValue(JumpKind, out var kind) && kind != RelaTable))
        {
            throw new InvalidDataException("The library's relocations are of an unknown kind.");
        }

        var versions = FileOffset(Tag(0x6ffffff0, "symbol versions"));
        foreach (var (table, size) in new[] { (RelaTable, RelaSize), (JumpTable, JumpSize) })
        {
            if (!_dynamic.TryGetValue(table, out var address))
            {
                continue;
            }

            var start = FileOffset(address);
            var length = checked((int)Tag(size, "the size of a relocation table"));
            for (var record = start; record < start + length; record += RelocationSize)
            {
                var symbol = checked((int)UInt32(record + 12));
                if (symbol != 0 && indices.Contains((ushort)(UInt16(checked(versions + (symbol * 2))) & 0x7fff)))
                {
                    throw new InvalidDataException($"The library uses the symbol \"{SymbolName(symbol)}\" of {version}.");
                }
            }
        }
    }

    private string SymbolName(int symbol) => Text(UInt32(checked(FileOffset(Tag(6, "symbols")) + (symbol * SymbolSize))));

    private string Text(uint offset)
    {
        var start = checked(FileOffset(Tag(5, "names")) + (int)offset);
        var rest = _image.AsSpan(start);
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }

    private ulong Tag(ulong tag, string what) => _dynamic.TryGetValue(tag, out var value) ? value : throw new InvalidDataException($"The library does not tell its {what}.");

    private int FileOffset(ulong address)
    {
        foreach (var (start, size, offset) in _segments)
        {
            if (address >= start && address - start < size)
            {
                return checked((int)(offset + (address - start)));
            }
        }

        throw new InvalidDataException("A table of the library lies outside of its segments.");
    }

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_image.AsSpan(offset));

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_image.AsSpan(offset));

    private ulong UInt64(int offset) => BinaryPrimitives.ReadUInt64LittleEndian(_image.AsSpan(offset));
}
