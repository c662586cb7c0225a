using System.Numerics;
using System.Runtime.InteropServices;
using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Tensors;

public sealed class TensorConversionTests
{
    private static readonly DType[] Numbers = [.. DTypes.All.Where(dtype => dtype != DType.String)];

    [SkippableFact]
    public void EveryPairConvertsAsNumPyDoes()
    {
        // Values that every type holds or whose conversion C defines; counts that fill vectors and leave a rest.
        const string Script = """
            import sys, hashlib, numpy as np, ml_dtypes
            np.seterr(all='ignore')
            names = sys.argv[1].split(',')
            def t(name): return np.dtype(ml_dtypes.bfloat16) if name == 'bfloat16' else np.dtype(name)
            ramp = np.arange(0, 101)
            wide = np.concatenate([ramp, -ramp, ramp * 641, -ramp * 30011, ramp * 20000003, ramp.astype('i8') * 90071992547409])
            for a in names:
                if a == 'bool': source = ramp % 3 == 0
                elif a in ('float16', 'bfloat16', 'float32', 'float64', 'complex64', 'complex128'):
                    source = np.concatenate([ramp / 7, -ramp / 7, ramp * 1.0]).astype(t(a))
                    if a.startswith('complex'): source = source + 1j * np.roll(source, 3)
                    source = source.astype(t(a))
                else: source = wide.astype(t(a))
                for b in names:
                    s = source
                    if b.startswith('u') and ('float' in a or 'complex' in a):
                        s = np.abs(s).astype(t(a))
                    out = s.astype(np.float32).astype(t(b)) if 'bfloat16' == b and a not in ('complex64', 'complex128') else (s.real if a.startswith('complex') and b != 'bool' and not b.startswith('complex') else s).astype(t(b))
                    print(a, b, s.tobytes().hex(), out.tobytes().hex())
            """;
        var answer = Oracle.Execute(Script, string.Join(',', Numbers.Select(DTypes.Name)));
        var lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Numbers.Length * Numbers.Length, lines.Length);
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            Assert.True(DTypes.TryParse(parts[0], out var from) & DTypes.TryParse(parts[1], out var to));
            var source = Convert.FromHexString(parts[2]);
            var result = new Tensor(from, [source.Length / from.Size()], OwnedData.FromArray(source)).Cast(to);
            Assert.True(parts[3] == Hex(result), $"{from} to {to}");
        }
    }

    [SkippableFact]
    public void EveryHalfAndBrainFloatConvertsExactly()
    {
        var bits = MemoryMarshal.AsBytes(Enumerable.Range(0, 65536).Select(value => (ushort)value).ToArray().AsSpan()).ToArray();
        var answer = Oracle.Execute("""
            import numpy as np, ml_dtypes, hashlib
            x = np.arange(65536, dtype='<u2')
            for t in (np.float16, ml_dtypes.bfloat16):
                f = x.view(t).astype('<f4'); f[np.isnan(f)] = 0
                print(hashlib.sha256(f.tobytes()).hexdigest())
            """).Split('\n');
        foreach (var (dtype, expected) in new[] { (DType.Float16, answer[0]), (DType.BFloat16, answer[1]) })
        {
            var floats = new Tensor(dtype, [65536], OwnedData.FromArray(bits)).Cast(DType.Float32).ToArray<float>();
            Assert.Equal(dtype == DType.Float16 ? 2046 : 254, floats.Count(float.IsNaN));
            var cleaned = Array.ConvertAll(floats, value => float.IsNaN(value) ? 0 : value);
            Assert.Equal(expected, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(cleaned.AsSpan()))));
        }
    }

    [SkippableFact]
    public void RandomFloatsRoundToEvenInBothHalves()
    {
        var random = new Random(5);
        var floats = Enumerable.Range(0, 50_000).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))).Where(value => !float.IsNaN(value))
            .Concat(Enumerable.Range(0, 5000).Select(i => (i / 4096f) + 1)).Concat([float.MaxValue, float.Epsilon, 65504f, 65519.99f, 65520f, -0f, float.PositiveInfinity]).ToArray();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["floats"], MemoryMarshal.AsBytes(floats.AsSpan()).ToArray());
        var answer = Oracle.Execute("""
            import sys, numpy as np, ml_dtypes, hashlib
            np.seterr(all='ignore')
            x = np.fromfile(sys.argv[1], '<f4')
            print(hashlib.sha256(x.astype('<f2').tobytes()).hexdigest()); print(hashlib.sha256(x.astype(ml_dtypes.bfloat16).tobytes()).hexdigest())
            print(hashlib.sha256((x.astype('f8') * 1.0000001).astype('<f2').tobytes()).hexdigest())
            """, folder["floats"]).Split('\n');
        var tensor = Tensor.FromArray(floats);
        Assert.Equal(answer[0], Sha(tensor.Cast(DType.Float16)));
        Assert.Equal(answer[1], Sha(tensor.Cast(DType.BFloat16)));
        var doubles = Tensor.FromArray(Array.ConvertAll(floats, value => value * 1.0000001));
        Assert.Equal(answer[2], Sha(doubles.Cast(DType.Float16)));
    }

    [Fact]
    public void WhatCLeavesOpenIsTheNearestValue()
    {
        var tensor = Tensor.FromArray([float.NaN, 300f, -300f, float.PositiveInfinity, 1e30f, -1.9f, 254.9f]);
        Assert.Equal([0, 255, 0, 255, 255, 0, 254], tensor.ToArray<byte>());
        Assert.Equal([0, 300, -300, int.MaxValue, int.MaxValue, -1, 254], tensor.ToArray<int>());
        Assert.Equal([true, true, true, true, true, true, true], tensor.ToArray<bool>());
        Assert.Equal([true, false, true], Tensor.FromArray([new Complex(1, 0), Complex.Zero, Complex.ImaginaryOne]).ToArray<bool>());
    }

    [Fact]
    public void TheSameTypeIsTheSameTensorAndStringsAreRefused()
    {
        var tensor = Tensor.FromArray([1f]);
        Assert.Same(tensor, tensor.Cast(DType.Float32));
        Assert.Equal(ErrorCode.UnsupportedDType, Assert.Throws<ModelToolsException>(() => tensor.Cast(DType.String)).Code);
        Assert.Equal(ErrorCode.UnsupportedDType, Assert.Throws<ModelToolsException>(() => Tensor.FromStrings(["1"], [1]).Cast(DType.Float32)).Code);
    }

    [Fact]
    public void DataThatAreNotInMemoryAreConvertedInBlocks()
    {
        var values = Enumerable.Range(0, 200_001).Select(value => (float)value).ToArray();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x"], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        using var file = SourceFile.Open(folder["x"]);
        var tensor = new Tensor(DType.Float32, [values.Length - 1], new FileData(file, 4, (values.Length - 1) * 4));
        Assert.Equal(Enumerable.Range(1, 200_000), tensor.ToArray<int>());
    }

    [SkippableFact]
    public void PixelsAreDividedAsNumPyDividesThem()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        var expected = Oracle.Execute("import numpy as np\nprint((np.arange(256).astype('f4') / 255).tobytes().hex())").Trim();
        Assert.Equal(expected, Hex(Tensor.FromArray(bytes).DivideBy(255)));
        Assert.Equal(DType.Float64, Tensor.FromArray([1.0]).DivideBy(3).DType);
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<ModelToolsException>(() => Tensor.FromArray(bytes).DivideBy(0)).Code);
    }

    private static string Hex(Tensor tensor) => Convert.ToHexStringLower(((OwnedData)tensor.Data).Span(0, (int)tensor.Data.Length));

    private static string Sha(Tensor tensor) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(((OwnedData)tensor.Data).Span(0, (int)tensor.Data.Length)));
}
