using ModelTools.Tensors;

namespace ModelTools.Operators;

/// <content>Products of matrices and their generalisation.</content>
public sealed partial class ShapeOperators
{
    private const string Ellipsis = "...";

    /// <inheritdoc/>
    public TensorSpec MatMul(TensorSpec a, TensorSpec b, bool transposeA = false, bool transposeB = false)
    {
        RequireRank(a, 2, "A matrix product");
        RequireRank(b, 2, "A matrix product");
        RequireSameType(a, b, "A matrix product");
        var (rows, left) = transposeA ? (a.Shape[^1], a.Shape[^2]) : (a.Shape[^2], a.Shape[^1]);
        var (right, columns) = transposeB ? (b.Shape[^1], b.Shape[^2]) : (b.Shape[^2], b.Shape[^1]);
        if (Merge(left, right) is null)
        {
            throw Mismatch($"The matrix product of shapes {a.Shape} and {b.Shape} needs inner sizes that agree, not {left} and {right}.");
        }

        var batch = Broadcast(a.Shape.Slice(0, a.Shape.Rank - 2), b.Shape.Slice(0, b.Shape.Rank - 2))
            ?? throw Mismatch($"The matrix product cannot combine the leading axes of {a.Shape} and {b.Shape}.");
        return new TensorSpec(a.DType, [.. batch, rows, columns]);
    }

    /// <inheritdoc/>
    public TensorSpec Einsum(string equation, params IReadOnlyList<TensorSpec> operands)
    {
        var sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        var terms = sides[0].Split(',');
        if (sides.Length != 2 || terms.Length != operands.Count)
        {
            throw Mismatch($"The summation '{equation}' does not fit {operands.Count} tensors.");
        }

        var extents = new Dictionary<char, long>();
        var batch = Shape.Scalar;
        foreach (var (term, operand) in terms.Zip(operands))
        {
            RequireSameType(operands[0], operand, $"The summation '{equation}'");
            batch = Broadcast(batch, ReadTerm(term, operand.Shape, extents, equation)) ?? throw Mismatch($"The summation '{equation}' meets leading axes that do not fit: {batch} and {operand.Shape}.");
        }

        var position = sides[1].IndexOf(Ellipsis, StringComparison.Ordinal);
        var letters = sides[1].Replace(Ellipsis, "", StringComparison.Ordinal).Select(letter =>
            extents.TryGetValue(letter, out var extent) ? extent : throw Mismatch($"The summation '{equation}' names the axis '{letter}' only in its result."));
        Shape shape = [.. letters];
        return new TensorSpec(operands[0].DType, position < 0 ? shape : Insert(shape, position, batch));
    }

    /// <summary>Notes the extent of each letter of a term; gives the axes that its ellipsis stands for.</summary>
    private static Shape ReadTerm(string term, Shape shape, Dictionary<char, long> extents, string equation)
    {
        var position = term.IndexOf(Ellipsis, StringComparison.Ordinal);
        var letters = term.Replace(Ellipsis, "", StringComparison.Ordinal);
        var hidden = shape.Rank - letters.Length;
        if (position < 0 ? hidden != 0 : hidden < 0)
        {
            throw Mismatch($"The summation '{equation}' wants a tensor with axes '{term}', not one of shape {shape}.");
        }

        for (var i = 0; i < letters.Length; i++)
        {
            var extent = shape[position >= 0 && i >= position ? i + hidden : i];
            var known = extents.GetValueOrDefault(letters[i], Shape.Unknown);
            extents[letters[i]] = Merge(known, extent) ?? throw Mismatch($"The summation '{equation}' meets two sizes for its axis '{letters[i]}': {known} and {extent}.");
        }

        return position < 0 ? Shape.Scalar : shape.Slice(position, hidden);
    }
}
