using ModelTools.Diagnostics;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Tests.Operators;

/// <summary>Shapes of single operators, in the corners that layers do not reach.</summary>
public class ShapeOperatorsTests
{
    private static readonly IOperators<TensorSpec> Op = ShapeOperators.Instance;

    [Fact]
    public void Broadcasting_follows_NumPy_and_open_extents_yield_to_known_ones()
    {
        Assert.Equal([-1, 3, 4], Op.Add(Of(-1, 3, 1), Of(4)).Shape);
        Assert.Equal([-1, 3], Op.Add(Of(-1, 3), Of(1, 1)).Shape);
        Assert.Equal([5, 3], Op.Add(Of(-1, 3), Of(5, 1)).Shape);
        Assert.Equal(DType.Bool, Op.Binary(BinaryOperator.Less, Of(2), Of(2)).DType);
        Refused(() => Op.Add(Of(2), Of(3)), "(2,) and (3,)");
        Refused(() => Op.Add(Of(2), new TensorSpec(DType.Int32, [2])), "float32 and int32");
        Refused(() => Op.Select(Of(2), Of(2), Of(2)), "bool");
    }

    [Fact]
    public void Matrix_products_and_summations_check_what_they_sum_over()
    {
        Assert.Equal([-1, 2, 5], Op.MatMul(Of(-1, 2, 3), Of(3, 5)).Shape);
        Assert.Equal([4, 2, 5], Op.MatMul(Of(4, 3, 2), Of(1, 5, 3), true, true).Shape);
        Refused(() => Op.MatMul(Of(2, 3), Of(4, 5)), "3 and 4");
        Assert.Equal([-1, 7, 5], Op.Einsum("...x,xy->...y", Of(-1, 7, 3), Of(3, 5)).Shape);
        Assert.Equal([2, 4, 5], Op.Einsum("bij,bjk->bik", Of(2, 4, 3), Of(2, 3, 5)).Shape);
        Refused(() => Op.Einsum("ij,jk->ik", Of(2, 3), Of(4, 5)), "'j': 3 and 4");
        Refused(() => Op.Einsum("ij,jk->il", Of(2, 3), Of(3, 5)), "'l'");
        Refused(() => Op.Einsum("ijk,kl->ijl", Of(2, 3), Of(3, 5)), "'ijk'");
    }

    [Fact]
    public void Reshaping_fills_the_open_extent_where_it_can()
    {
        Assert.Equal([6, 4], Op.Reshape(Of(2, 3, 4), [6, -1]).Shape);
        Assert.Equal([-1, 12], Op.Reshape(Of(-1, 3, 4), [-1, 12]).Shape);
        Assert.Equal([-1, 12], Op.Reshape(Of(-1, 3, 4), [Op.DimensionOf(Of(-1, 3, 4), 0), 12]).Shape);
        Refused(() => Op.Reshape(Of(2, 3), [4]), "6 elements");
        Refused(() => Op.Reshape(Of(2, 3), [4, -1]), "6 elements");
    }

    [Fact]
    public void Slices_are_cut_like_Pythons()
    {
        Assert.Equal([3], Op.Slice(Of(10), 0, 7).Shape);
        Assert.Equal([2], Op.Slice(Of(10), 0, -3, -1).Shape);
        Assert.Equal([4], Op.Slice(Of(10), 0, 0, null, 3).Shape);
        Assert.Equal([0], Op.Slice(Of(10), 0, 20, 30).Shape);
        Assert.Equal([-1], Op.Slice(Of(-1), 0, 1).Shape);
    }

    [Fact]
    public void Gather_stack_split_and_friends()
    {
        Assert.Equal([-1, 7, 4], Op.Gather(Of(100, 4), new TensorSpec(DType.Int32, [-1, 7])).Shape);
        Assert.Equal([2, 3, 9], Op.OneHot(new TensorSpec(DType.Int64, [2, 3]), 9, DType.Float32).Shape);
        Assert.Equal([2, 3, 4], Op.Stack([Of(2, 4), Of(-1, 4), Of(2, 4)], 1).Shape);
        Assert.All(Op.Split(Of(2, 9), 3, -1), part => Assert.Equal([2, 3], part.Shape));
        Assert.Equal([-1, 5], Op.Concat([Of(-1, 2), Of(-1, 3)], 1).Shape);
        Assert.Equal([-1, -1], Op.Concat([Of(-1, 2), Of(-1, -1)], 1).Shape);
        Refused(() => Op.Split(Of(2, 9), 2, -1), "2 equal parts");
        Refused(() => Op.Gather(Of(5), Of(2)), "integers");
        Refused(() => Op.Transpose(Of(2, 3), [0, 0]), "(0, 0)");
        Refused(() => Op.Squeeze(Of(2, 3), 0), "not 1");
        Refused(() => Op.Reduce(Reduction.Sum, Of(2, 3), [2]), "no axis 2");
    }

    [Fact]
    public void Loops_keep_the_shapes_of_their_states()
    {
        var result = Op.Loop(new Scan<TensorSpec>([Of(7, -1, 3)], [Of(-1, 3)], [], (op, inputs, states, _) =>
        {
            var next = op.Add(inputs[0], states[0]);
            return new ScanStep<TensorSpec>(op.Sum(next, [-1]), [next]);
        })
        { CollectOutputs = true });
        Assert.Equal([7, -1], result.Outputs!.Shape);
        Assert.Equal([-1, 3], result.States[0].Shape);
        Refused(() => Op.Loop(new Scan<TensorSpec>([Of(7, 3)], [Of(3)], [], (op, _, states, _) => new ScanStep<TensorSpec>(states[0], [op.Sum(states[0], [0])]))), "keep its shape");
    }

    private static TensorSpec Of(params long[] shape) => new(DType.Float32, Shape.Create(shape));

    private static void Refused(Func<object> action, string expected)
    {
        var error = Assert.Throws<ModelToolsException>(action);
        Assert.Equal("MT3006", error.Code.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
