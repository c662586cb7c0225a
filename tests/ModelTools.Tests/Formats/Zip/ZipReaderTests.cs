using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ModelTools.Diagnostics;
using ModelTools.Formats.Zip;
using ModelTools.Tensors;
using ModelTools.Tests.Support;
using Crc32 = ModelTools.Formats.Zip.Crc32;

namespace ModelTools.Tests.Formats.Zip;

public sealed class ZipReaderTests
{
    private static readonly byte[] Text = [.. Enumerable.Repeat("the same words again. "u8.ToArray(), 200).SelectMany(bytes => bytes)];

    [Fact]
    public void MembersAreReadStoredAndDeflated()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder["x.zip"], ZipArchiveMode.Create))
        {
            Add(zip, "stored.txt", Text, CompressionLevel.NoCompression);
            Add(zip, "dir/deflated é.txt", Text, CompressionLevel.Optimal);
            Add(zip, "empty", [], CompressionLevel.Optimal);
            zip.CreateEntry("dir/");
        }

        using var file = SourceFile.Open(folder["x.zip"]);
        var reader = new ZipReader(file, ModelReadLimits.Default);
        Assert.Equal(["stored.txt", "dir/deflated é.txt", "empty"], reader.Members.Select(member => member.Name));
        Assert.Equal(Text, reader.ReadAll(reader.Find("stored.txt")!, 1 << 20));
        Assert.Equal(Text, reader.ReadAll(reader.Find("dir/deflated é.txt")!, 1 << 20));
        Assert.Empty(reader.ReadAll(reader.Find("empty")!, 1 << 20));
        Assert.Null(reader.Find("none"));
        Assert.Equal(ErrorCode.SizeLimit, Assert.Throws<ModelToolsException>(() => reader.ReadAll(reader.Members[0], 10)).Code);
        var stored = reader.Members[0];
        Assert.Equal(Text, file.Read(stored.DataOffset, (int)stored.Length));
    }

    [SkippableFact]
    public void ArchivesOfPythonAreRead()
    {
        using var folder = new TemporaryFolder();
        Oracle.Execute("""
            import sys, io, zipfile
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
                z.writestr('a', b'x' * 1000)
                with z.open('big', 'w', force_zip64=True) as f: f.write(b'y' * 1000)
                z.comment = b'PK\x05\x06 a comment'
            class Pipe(io.RawIOBase):
                def __init__(self, f): self.f = f
                def writable(self): return True
                def write(self, b): return self.f.write(b)
            with open(sys.argv[2], 'wb') as f, zipfile.ZipFile(Pipe(f), 'w') as z: z.writestr('streamed', b'z' * 100)
            print('ok')
            """, folder["x.zip"], folder["y.zip"]);
        using var file = SourceFile.Open(folder["x.zip"]);
        var reader = new ZipReader(file, ModelReadLimits.Default);
        Assert.Equal(["a", "big"], reader.Members.Select(member => member.Name));
        Assert.All(reader.Members, member => Assert.Equal(1000, reader.ReadAll(member, 1000).Length));
        using var streamed = SourceFile.Open(folder["y.zip"]);
        var second = new ZipReader(streamed, ModelReadLimits.Default);
        Assert.Equal(100, second.ReadAll(second.Members[0], 1000).Count(value => value == 'z'));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    public void NamesThatLeaveTheArchiveAreRefused(string name) =>
        AssertRefused("MT2006", Change(bytes => Replace(bytes, Encoding.ASCII.GetBytes(new string('~', name.Length)), Encoding.ASCII.GetBytes(name)), new string('~', name.Length)));

    [Fact]
    public void LiesOfTheDirectoryAreFound()
    {
        AssertRefused("MT1007", Change(bytes => Replace(bytes, "member2"u8, "member1"u8)));
        AssertRefused("MT1007", Change(bytes => bytes.AsSpan(30, 7).Fill((byte)'z')));
        AssertRefused("MT1007", Change(bytes => Directory(bytes, 0, 24)[0]++));
        AssertRefused("MT1007", Change(bytes => Directory(bytes, 0, 20)[3]++));
        AssertRefused("MT1007", Change(bytes => Directory(bytes, 1, 42).Clear()));
        AssertRefused("MT1007", Change(bytes => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 6), 7)));
        AssertRefused("MT4005", Change(bytes => { Directory(bytes, 0, 8)[0] |= 1; bytes[6] |= 1; }));
        AssertRefused("MT4005", Change(bytes => { Directory(bytes, 0, 10)[0] = 12; bytes[8] = 12; }));
        AssertRefused("MT1002", Change(bytes => bytes.AsSpan(bytes.Length - 22).Clear()));
        AssertRefused("MT1009", Change(bytes => bytes[38]++));
        AssertRefused("MT2007", Change(_ => { }), ModelReadLimits.Default with { MaximumObjects = 1 });
    }

    [Fact]
    public void MembersThatInflateTooMuchAreRefused()
    {
        using var folder = new TemporaryFolder();
        using (var zip = ZipFile.Open(folder["x.zip"], ZipArchiveMode.Create))
        {
            Add(zip, "zeros", new byte[20 << 20], CompressionLevel.SmallestSize);
        }

        using var file = SourceFile.Open(folder["x.zip"]);
        Assert.Equal(ErrorCode.SizeLimit, Assert.Throws<ModelToolsException>(() => new ZipReader(file, ModelReadLimits.Default)).Code);
        var raised = new ZipReader(file, ModelReadLimits.Default with { ExpansionFloorBytes = 32 << 20 });
        Assert.Equal(20 << 20, raised.ReadAll(raised.Members[0], 1 << 30).Length);
    }

    [Fact]
    public void WrittenArchivesAreReadByDotNet()
    {
        using var folder = new TemporaryFolder();
        using (var stream = File.Create(folder["x.zip"]))
        {
            var writer = new ZipWriter(stream);
            writer.Add("a", Text);
            writer.Add("dir/é", Text.Length, member => member.Write(Text));
            Assert.Throws<ArgumentException>(() => writer.Add("a", Text));
            Assert.Throws<ArgumentException>(() => writer.Add("../a", Text));
            writer.Finish();
        }

        using var zip = ZipFile.OpenRead(folder["x.zip"]);
        Assert.Equal(["a", "dir/é"], zip.Entries.Select(entry => entry.FullName));
        Assert.All(zip.Entries, entry =>
        {
            using var content = new MemoryStream();
            using var opened = entry.Open();
            opened.CopyTo(content);
            Assert.Equal(Text, content.ToArray());
            Assert.Equal(1980, entry.LastWriteTime.Year);
        });
    }

    [Fact]
    public void ChecksumsAreThoseOfTheStandard()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "12345"u8), "6789"u8));
        Assert.Equal(0x414FA339u, Crc32.Append(0, "The quick brown fox jumps over the lazy dog"u8));
    }

    /// <summary>An archive of two stored members, changed.</summary>
    private static byte[] Change(Action<byte[]> change, string first = "member1")
    {
        using var archive = new MemoryStream();
        var writer = new ZipWriter(archive);
        writer.Add(first, "content one"u8.ToArray());
        writer.Add("member2", "content two"u8.ToArray());
        writer.Finish();
        var bytes = archive.ToArray();
        change(bytes);
        return bytes;
    }

    private static Span<byte> Directory(byte[] bytes, int entry, int field)
    {
        var start = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 6));
        return bytes.AsSpan(start + (entry * (46 + 7)) + field, 4);
    }

    private static void Replace(byte[] bytes, ReadOnlySpan<byte> old, ReadOnlySpan<byte> value)
    {
        var replaced = 0;
        for (var at = bytes.AsSpan().IndexOf(old); at >= 0; at = bytes.AsSpan().IndexOf(old))
        {
            value.CopyTo(bytes.AsSpan(at));
            replaced++;
        }

        Assert.Equal(2, replaced);
    }

    private static void AssertRefused(string code, byte[] bytes, ModelReadLimits? limits = null)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.zip"], bytes);
        using var file = SourceFile.Open(folder["x.zip"]);
        var error = Assert.Throws<ModelToolsException>(() =>
        {
            var reader = new ZipReader(file, limits ?? ModelReadLimits.Default);
            foreach (var member in reader.Members)
            {
                reader.ReadAll(member, 1 << 20);
            }
        });
        Assert.Equal(code, error.Code.Id);
    }

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel level)
    {
        using var stream = zip.CreateEntry(name, level).Open();
        stream.Write(content);
    }
}
