using System.IO.Compression;
using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.TensorFiles;

/// <summary>Files that NumPy wrote, compared by digest with what NumPy says is in them.</summary>
public sealed class TensorFileReadTests
{
    [SkippableFact]
    public void EveryNumPyTypeOrderAndVersionIsRead()
    {
        const string Script = """
            import sys, os, gzip, hashlib, numpy as np
            out = sys.argv[1]
            names = {'?': 'bool', 'u1': 'uint8', 'u2': 'uint16', 'u4': 'uint32', 'u8': 'uint64', 'i1': 'int8', 'i2': 'int16', 'i4': 'int32', 'i8': 'int64',
                     'f2': 'float16', 'f4': 'float32', 'f8': 'float64', 'c8': 'complex64', 'c16': 'complex128'}
            r = np.random.default_rng(2)
            for code, name in names.items():
                for shape in [(), (7,), (3, 4), (2, 3, 5), (0, 3), (4, 1, 2, 3)]:
                    base = (r.normal(size=shape) * 50)
                    if code == '?': base = base > 0
                    elif code[0] == 'u': base = np.abs(base)
                    elif code[0] == 'c': base = base + 1j * r.normal(size=shape)
                    base = np.asarray(base).astype(code)
                    for endian in '<>':
                        for order in 'CF':
                            for version in [(1, 0), (2, 0), (3, 0)]:
                                if version != (1, 0) and (order == 'F' or len(shape) != 2): continue
                                path = f'{name}-{"x".join(map(str, shape))}-{"le" if endian == "<" else "be"}-{order}-{version[0]}.npy'
                                array = np.asarray(base.astype(base.dtype.newbyteorder(endian)), order=order)
                                with open(os.path.join(out, path), 'wb') as f: np.lib.format.write_array(f, array, version)
                                text = f'{name}({",".join(map(str, shape))})\0'.encode()
                                print(path, hashlib.sha256(text + np.ascontiguousarray(base).astype(base.dtype.newbyteorder('<')).tobytes()).hexdigest())
            """;
        using var folder = new TemporaryFolder();
        var lines = Oracle.Execute(Script, folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length > 300);
        Assert.All(lines, line =>
        {
            var parts = line.Split(' ');
            Assert.Equal(TensorFileKind.Npy, TensorFile.Sniff(folder[parts[0]]));
            Assert.Equal(parts[1], TensorFile.Read(folder[parts[0]]).Digest());
        });
    }

    [SkippableFact]
    public void RowsAreChosenInEveryOrder()
    {
        using var folder = new TemporaryFolder();
        Oracle.Execute("""
            import sys, os, numpy as np
            a = np.arange(60, dtype='<i4').reshape(10, 3, 2)
            np.save(os.path.join(sys.argv[1], 'c.npy'), a); np.save(os.path.join(sys.argv[1], 'f.npy'), np.asfortranarray(a)); np.savez_compressed(os.path.join(sys.argv[1], 'z.npz'), a=a)
            print('ok')
            """, folder.Path);
        foreach (var name in new[] { "c.npy", "f.npy", "z.npz" })
        {
            var rows = TensorFile.Read(folder[name], new TensorReadOptions { Skip = 2, First = 3 });
            Assert.Equal([3, 3, 2], rows.Shape);
            Assert.Equal(Enumerable.Range(12, 18), rows.ToArray<int>());
            Assert.Equal([1, 3, 2], TensorFile.Read(folder[name], new TensorReadOptions { Skip = 9, First = 30 }).Shape);
            Assert.Equal([0, 3, 2], TensorFile.Read(folder[name], new TensorReadOptions { Skip = 90 }).Shape);
            Assert.Equal([0, 3, 2], TensorFile.Read(folder[name], new TensorReadOptions { First = 0 }).Shape);
        }

        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["c.npy"], new TensorReadOptions { Skip = -1 })).Code);
    }

    [SkippableFact]
    public void StringsAreReadAndObjectsAreRefused()
    {
        using var folder = new TemporaryFolder();
        Oracle.Execute("""
            import sys, os, numpy as np
            p = lambda n: os.path.join(sys.argv[1], n)
            np.save(p('bytes.npy'), np.array([b'ab', b'', b'c\0d'])); np.save(p('text.npy'), np.array([['é😀', 'x'], ['', 'abc']])); np.save(p('big.npy'), np.array(['é😀']).astype('>U4'))
            np.save(p('object.npy'), np.array([{}, None], dtype=object), allow_pickle=True); np.save(p('record.npy'), np.zeros(2, [('a', 'f4'), ('b', 'i4')]))
            np.save(p('date.npy'), np.zeros(2, 'M8[s]')); np.save(p('long.npy'), np.zeros(2, 'f16')); np.save(p('void.npy'), np.zeros(2, 'V2')); np.savez(p('object.npz'), x=np.array([{}], dtype=object))
            print('ok')
            """, folder.Path);
        Assert.Equal(["ab", "", "c\0d"], Strings(folder["bytes.npy"]));
        Assert.Equal(["é😀", "x", "", "abc"], Strings(folder["text.npy"]));
        Assert.Equal(["é😀"], Strings(folder["big.npy"]));
        AssertRefused(ErrorCode.ExecutableContent, folder["object.npy"]);
        AssertRefused(ErrorCode.ExecutableContent, folder["object.npz"]);
        Assert.All(["record.npy", "date.npy", "long.npy", "void.npy"], name => AssertRefused(ErrorCode.UnsupportedDType, folder[name]));
    }

    [SkippableFact]
    public void ArchivesGiveTheirArraysByName()
    {
        using var folder = new TemporaryFolder();
        Oracle.Execute("""
            import sys, os, numpy as np
            p = lambda n: os.path.join(sys.argv[1], n)
            np.savez(p('a.npz'), **{'b': np.arange(3), 'inputs/0': np.ones((2, 2), 'f4')}); np.savez_compressed(p('one.npz'), only=np.zeros(1000))
            print('ok')
            """, folder.Path);
        var all = TensorFile.ReadAll(folder["a.npz"]);
        Assert.Equal(["b", "inputs/0"], all.Select(array => array.Key));
        Assert.Equal(["int64 (3,)", "float32 (2, 2)"], all.Select(array => array.Value.ToString()));
        Assert.Equal([1f, 1f, 1f, 1f], TensorFile.Read(folder["a.npz"], new TensorReadOptions { Name = "inputs/0" }).AsSpan<float>().ToArray());
        Assert.Equal([1000], TensorFile.Read(folder["one.npz"]).Shape);
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["a.npz"])).Code);
        var error = Assert.Throws<ModelToolsException>(() => TensorFile.Read(folder["a.npz"], new TensorReadOptions { Name = "c" }));
        Assert.Equal(ErrorCode.UnknownName, error.Code);
        Assert.Contains("inputs/0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDigitsOfTheExamplesAreRead()
    {
        var data = Path.Combine(TestFolders.Repository, "module", "examples", "data");
        foreach (var (name, count) in new[] { ("train", 4000), ("t10k", 1000) })
        {
            var images = TensorFile.Read(Path.Combine(data, name + "-images-idx3-ubyte.gz"), new TensorReadOptions { DivideBy = 255 });
            var labels = TensorFile.Read(Path.Combine(data, name + "-labels-idx1-ubyte.gz"));
            Assert.Equal($"float32 ({count}, 28, 28)", images.ToString());
            Assert.Equal($"uint8 ({count},)", labels.ToString());
            Assert.Equal(Enumerable.Repeat(count / 10, 10), labels.ToArray<int>().GroupBy(label => label).OrderBy(group => group.Key).Select(group => group.Count()));
            Assert.Equal(1f, images.ToArray<float>().Max());
            var some = TensorFile.Read(Path.Combine(data, name + "-images-idx3-ubyte.gz"), new TensorReadOptions { DivideBy = 255, Skip = 500, First = 20 });
            Assert.Equal(images.Rows(500, 20).Digest(), some.Digest());
        }
    }

    [Theory]
    [InlineData(0x08, "uint8", "0102FF", new[] { 1.0, 2, 255 })]
    [InlineData(0x09, "int8", "0102FF", new[] { 1.0, 2, -1 })]
    [InlineData(0x0B, "int16", "00010102FFFF", new[] { 1.0, 258, -1 })]
    [InlineData(0x0C, "int32", "0000000100010000FFFFFFFF", new[] { 1.0, 65536, -1 })]
    [InlineData(0x0D, "float32", "3F800000C0000000000000003F", new[] { 1.0, -2, 0 })]
    [InlineData(0x0E, "float64", "3FF0000000000000C0000000000000000000000000000000", new[] { 1.0, -2, 0 })]
    public void EveryIdxTypeIsRead(byte type, string dtype, string data, double[] expected)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = [0, 0, type, 1, 0, 0, 0, 3, .. Convert.FromHexString(data)];
        var size = (bytes.Length - 8) / 3 * 3;
        File.WriteAllBytes(folder["x"], bytes.AsSpan(0, 8 + size).ToArray());
        using (var gzip = new GZipStream(File.Create(folder["x.gz"]), CompressionLevel.Optimal))
        {
            gzip.Write(bytes.AsSpan(0, 8 + size));
        }

        foreach (var name in new[] { "x", "x.gz" })
        {
            var tensor = TensorFile.Read(folder[name]);
            Assert.Equal(dtype, tensor.DType.Name());
            Assert.Equal(expected, tensor.ToArray<double>());
        }

        File.WriteAllBytes(folder["long"], [.. bytes.AsSpan(0, 8 + size), 0]);
        AssertRefused(ErrorCode.CorruptTensorFile, folder["long"]);
        File.WriteAllBytes(folder["short"], bytes.AsSpan(0, 7 + size).ToArray());
        AssertRefused(ErrorCode.Truncated, folder["short"]);
    }

    [Fact]
    public void OptionsOfTypeAndScaleGoTogether()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], [0, 0, 8, 1, 0, 0, 0, 2, 51, 255]);
        Assert.Equal([0.2f, 1f], TensorFile.Read(folder["x"], new TensorReadOptions { DivideBy = 255 }).AsSpan<float>().ToArray());
        Assert.Equal([0.2, 1.0], TensorFile.Read(folder["x"], new TensorReadOptions { DivideBy = 255, DType = DType.Float64 }).AsSpan<double>().ToArray());
        Assert.Equal([1, 5], TensorFile.Read(folder["x"], new TensorReadOptions { DivideBy = 51, DType = DType.Int32 }).AsSpan<int>().ToArray());
        Assert.Equal([51, 255], TensorFile.Read(folder["x"], new TensorReadOptions { DType = DType.Int64 }).AsSpan<long>().ToArray());
        Assert.Equal("int64 (2, 2)", TensorFile.ReadBatch([folder["x"], folder["x"]], new TensorReadOptions { DType = DType.Int64 }).ToString());
        var named = Assert.Single(TensorFile.ReadAll(folder["x"]));
        Assert.Equal("x", named.Key);
    }

    [Fact]
    public void WhatIsNoDataFileIsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["hdf5"], [0x89, .. "HDF\r\n\x1a\n"u8, 0, 0, 0, 0]);
        File.WriteAllBytes(folder["empty"], []);
        AssertRefused(ErrorCode.UnsupportedFormat, folder["hdf5"]);
        AssertRefused(ErrorCode.UnsupportedFormat, folder["empty"]);
        AssertRefused(ErrorCode.PathNotFound, folder["none"]);
        Assert.Null(TensorFile.Sniff(folder["hdf5"]));
    }

    private static IReadOnlyList<string> Strings(string path) => ((StringData)TensorFile.Read(path).Data).ToStrings();

    private static void AssertRefused(ErrorCode code, string path)
    {
        var error = Assert.Throws<ModelToolsException>(() => TensorFile.Read(path));
        Assert.Equal(code, error.Code);
        Assert.Equal(path, error.Path);
    }
}
