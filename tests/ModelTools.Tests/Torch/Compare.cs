using System.Globalization;
using ModelTools.Operators;
using ModelTools.Tensors;
using ModelTools.Torch.Operators;
using TorchSharp;

namespace ModelTools.Tests.Torch;

/// <summary>Runs recorded cases and says which ones differ.</summary>
internal static class Compare
{
    /// <summary>Computes every case from its <c>in0</c> and compares with its <c>out0</c>: |a - b| ≤ tolerance · (1 + |b|), NaN equals NaN.</summary>
    public static void All(IEnumerable<(string Name, Func<IOperators<torch.Tensor>, torch.Tensor, torch.Tensor> Compute)> cases, double tolerance)
    {
        Engine.Require();
        var recorded = Recorded.Numerics();
        using var operators = new TorchOperators();
        var failures = new List<string>();
        foreach (var (name, compute) in cases)
        {
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            var actual = TorchMemory.Download(compute(operators, operators.Constant(recorded.Read($"{name}.in0"))));
            if (Difference(actual, recorded.Read($"{name}.out0"), tolerance) is { } difference)
            {
                failures.Add($"{name}: {difference}");
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    /// <summary>What differs in whole numbers, which recordings hold in one type for all, or else as <see cref="Difference"/>.</summary>
    public static string? NumbersDifference(Tensor actual, Tensor expected, double tolerance) =>
        Difference(actual, actual.DType.IsInteger() ? expected.Cast(actual.DType) : expected, tolerance);

    /// <summary>What differs, or null.</summary>
    public static string? Difference(Tensor actual, Tensor expected, double tolerance)
    {
        if (!actual.Shape.Equals(expected.Shape) || actual.DType != expected.DType)
        {
            return $"{actual} instead of {expected}";
        }

        var a = Doubles(actual);
        var b = Doubles(expected);
        for (var i = 0; i < a.Length; i++)
        {
            var same = a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= tolerance * (1 + Math.Abs(b[i]));
            if (!same)
            {
                return string.Create(CultureInfo.InvariantCulture, $"[{i}] {a[i]} instead of {b[i]}");
            }
        }

        return null;
    }

    public static double[] Doubles(Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return TorchMemory.Download(TorchMemory.Upload(tensor).to_type(torch.ScalarType.Float64)).AsSpan<double>().ToArray();
    }
}
