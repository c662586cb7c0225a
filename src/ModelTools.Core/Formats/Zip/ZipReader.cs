using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Tensors;

namespace ModelTools.Formats.Zip;

/// <summary>Reads members of a ZIP archive where they lie; nothing is unpacked to a disk.</summary>
internal sealed class ZipReader
{
    private readonly SourceFile _file;
    private readonly Dictionary<string, ZipMember> _byName;

    /// <summary>Reads the directory of an archive.</summary>
    /// <param name="file">The open file; whoever opened it closes it.</param>
    /// <param name="limits">Limits for the number of members and what they inflate to.</param>
    /// <exception cref="ModelToolsException">MT1002, MT1007: damaged; MT2004, MT2007: beyond the limits; MT2006: a name that leaves the archive; MT4005: encrypted.</exception>
    public ZipReader(SourceFile file, ModelReadLimits limits)
    {
        _file = file;
        Members = new ZipDirectory(file, limits).Read();
        _byName = Members.ToDictionary(member => member.Name, StringComparer.Ordinal);
    }

    /// <summary>The members in the order of the archive's directory, each name once.</summary>
    public IReadOnlyList<ZipMember> Members { get; }

    /// <summary>The member with a name, or null.</summary>
    public ZipMember? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The bytes of a member, once; a read that reaches their end checks them.</summary>
    /// <remarks>The stream throws MT1002, MT1007 and MT1009 (wrong checksum).</remarks>
    public Stream Open(ZipMember member)
    {
        Stream stored = new SourceStream(_file, member.DataOffset, member.CompressedLength);
        return new CheckedStream(member.IsStored ? stored : new DeflateStream(stored, CompressionMode.Decompress), member, _file.Path);
    }

    /// <summary>A member that fits into memory, whole.</summary>
    /// <exception cref="ModelToolsException">MT2004: longer than <paramref name="longest"/>; and what <see cref="Open"/> says.</exception>
    public byte[] ReadAll(ZipMember member, long longest)
    {
        if (member.Length > Math.Min(longest, Array.MaxLength))
        {
            throw new ModelToolsException(ErrorCode.SizeLimit, $"The member '{member.Name}' has {member.Length} bytes; at most {longest} are read.") { Path = _file.Path, Location = member.Name };
        }

        using var stream = Open(member);
        var bytes = new byte[member.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
