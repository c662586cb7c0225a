using ModelTools.Diagnostics;
using ModelTools.Formats.TensorFiles;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.TensorFiles;

public sealed class TensorFileWriteTests
{
    private static readonly Tensor Digits = Tensor.FromArray(Enumerable.Range(0, 24).ToArray(), 2, 3, 4);

    [SkippableFact]
    public void NumPyWritesTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        foreach (var dtype in DTypes.All.Where(dtype => dtype is not (DType.String or DType.BFloat16)))
        {
            TensorFile.Write(folder[dtype.Name() + ".npy"], Digits.Cast(dtype));
        }

        TensorFile.Write(folder["scalar.npy"], Tensor.Scalar(2.5f));
        TensorFile.Write(folder["vector.npy"], Tensor.FromArray([1L, 2L]));
        TensorFile.Write(folder["empty.npy"], Tensor.Zeros(DType.Float32, [0, 3]));
        TensorFile.Write(folder["string.npy"], Tensor.FromStrings(["abc", "é", ""], [3]));
        var answer = Oracle.Execute("""
            import sys, os, io, numpy as np
            for n in sorted(os.listdir(sys.argv[1])):
                p = os.path.join(sys.argv[1], n)
                a = np.load(p); b = io.BytesIO(); np.save(b, a)
                print(n, a.dtype, a.shape, b.getvalue() == open(p, 'rb').read())
            """, folder.Path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(18, answer.Length);
        Assert.All(answer, line => Assert.EndsWith("True", line, StringComparison.Ordinal));
        Assert.Contains("string.npy |S3 (3,) True", answer);
        Assert.Contains("float32.npy float32 (2, 3, 4) True", answer);
    }

    [SkippableFact]
    public void NumPyReadsTheArchives()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, Tensor>[] arrays = [new("b", Digits), new("inputs/0", Tensor.FromArray([1.5f])), new("é", Tensor.FromStrings(["x", "yz"], [2]))];
        TensorFile.WriteAll(folder["x.npz"], arrays);
        var answer = Oracle.Execute("""
            import sys, zipfile, numpy as np
            sys.stdout.reconfigure(encoding='utf-8')
            z = np.load(sys.argv[1])
            print([(k, z[k].dtype.str, z[k].tolist() if z[k].size < 5 else int(z[k].sum())) for k in z.files], zipfile.ZipFile(sys.argv[1]).testzip())
            """, folder["x.npz"]).Trim();
        Assert.Equal("[('b', '<i4', 276), ('inputs/0', '<f4', [1.5]), ('é', '|S2', [b'x', b'yz'])] None", answer);
        Assert.Equal(arrays.Select(array => (array.Key, array.Value.Digest())), TensorFile.ReadAll(folder["x.npz"]).Select(array => (array.Key, array.Value.Digest())));
        TensorFile.WriteAll(folder["y.npz"], arrays);
        Assert.Equal(File.ReadAllBytes(folder["x.npz"]), File.ReadAllBytes(folder["y.npz"]));
    }

    [SkippableFact]
    public void RecordedInputsAndOutputsGoToNumPyAndBack()
    {
        using var folder = new TemporaryFolder();
        KeyValuePair<string, Tensor>[] arrays = [new("input:x", Digits), new("output:dense/Relu:0", Tensor.FromArray([1.5f]))];
        TensorFile.WriteAll(folder["ours.npz"], arrays);
        Oracle.Execute("""
            import sys, numpy as np
            z = np.load(sys.argv[1])
            assert z.files == ['input:x', 'output:dense/Relu:0'], z.files
            np.savez(sys.argv[2], **{name: z[name] for name in z.files})
            print('ok')
            """, folder["ours.npz"], folder["theirs.npz"]);
        Assert.Equal(arrays.Select(array => (array.Key, array.Value.Digest())), TensorFile.ReadAll(folder["theirs.npz"]).Select(array => (array.Key, array.Value.Digest())));
    }

    [Fact]
    public void WhatAFormatCannotHoldIsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(ErrorCode.UnsupportedDType, () => TensorFile.Write(folder["x.npy"], Digits.Cast(DType.BFloat16)));
        AssertRefused(ErrorCode.UnsupportedConversion, () => TensorFile.Write(folder["x.csv"], Digits));
        AssertRefused(ErrorCode.UnsupportedDType, () => TensorFile.Write(folder["x.csv"], Tensor.FromArray([1]).Cast(DType.Complex64)));
        AssertRefused(ErrorCode.InvalidArgument, () => TensorFile.Write(folder["x.csv"], Tensor.FromArray([1]), columns: ["a", "b"]));
        AssertRefused(ErrorCode.InvalidArgument, () => TensorFile.Write(folder["x.txt"], Digits));
        AssertRefused(ErrorCode.InvalidArgument, () => TensorFile.WriteAll(folder["x.npz"], [new("../x", Digits)]));
        AssertRefused(ErrorCode.InvalidArgument, () => TensorFile.WriteAll(folder["x.npz"], [new("C:/x", Digits)]));
        AssertRefused(ErrorCode.InvalidArgument, () => TensorFile.WriteAll(folder["x.npz"], [new("x", Digits), new("x", Digits)]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        TensorFile.Write(folder["x.npy"], Digits);
        AssertRefused(ErrorCode.TargetExists, () => TensorFile.Write(folder["x.npy"], Digits));
        TensorFile.Write(folder["x.npy"], Tensor.Scalar(1), overwrite: true);
        Assert.Equal("int32 ()", TensorFile.Read(folder["x.npy"]).ToString());
    }

    [Fact]
    public void TextOfEveryTypeIsWritten()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("1.5,-2\n3,NaN\n".Replace("NaN", "nan", StringComparison.Ordinal), Csv(Tensor.FromArray([1.5f, -2f, 3f, float.NaN], 2, 2)));
        Assert.Equal("true\nfalse\n", Csv(Tensor.FromArray([true, false])));
        Assert.Equal("18446744073709551615\n", Csv(Tensor.Scalar(ulong.MaxValue)));
        Assert.Equal("0.1\n", Csv(Tensor.Scalar((Half)0.1f)));
        Assert.Equal("a,\"b,c\"\n\"d\"\"\",\"\"\n", Csv(Tensor.FromStrings(["a", "b,c", "d\"", ""], [2, 2])));
        Assert.Equal(string.Concat(Enumerable.Range(0, 3000).Select(value => value + "\n")), Csv(Tensor.FromArray(Enumerable.Range(0, 3000).ToArray())));

        string Csv(Tensor tensor)
        {
            TensorFile.Write(folder["x.csv"], tensor, overwrite: true);
            return File.ReadAllText(folder["x.csv"]);
        }
    }

    private static void AssertRefused(ErrorCode code, Action write) => Assert.Equal(code, Assert.Throws<ModelToolsException>(write).Code);
}
