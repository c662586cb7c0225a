using ModelTools.Diagnostics;
using ModelTools.Layers;

namespace ModelTools.Models;

/// <summary>Keeps models inside of models from multiplying: with two calls at each of forty levels, one run would be a trillion calls.</summary>
internal static class CallBudget
{
    private const long MostInnerCalls = 100_000;

    /// <summary>The calls of one run, those inside of models among the layers counted.</summary>
    public static long CallsOf(IReadOnlyList<LayerCallNode> nodes) => nodes.Sum(node => 1 + CallsInside(node.Layer.Layer));

    /// <summary>Refuses a model whose inner models would be called without bound; asked before the first of these calls.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="calls">Its layers, and how often each is called.</param>
    /// <exception cref="ModelToolsException">MT2007.</exception>
    public static void Check(string name, IEnumerable<(ModelLayer Layer, int Times)> calls)
    {
        if (calls.Sum(call => CallsInside(call.Layer.Layer) * call.Times) > MostInnerCalls)
        {
            throw new ModelToolsException(ErrorCode.StructureLimit, $"The models inside of '{name}' would call more than {MostInnerCalls} layers in one run.") { Location = name };
        }
    }

    private static long CallsInside(Layer layer) => layer is NestedModel nested ? nested.Model.CallsPerRun : layer.Parts.Sum(CallsInside);
}
