using ModelTools.Formats.Protobuf;
using ModelTools.Formats.SavedModel.Graph;

namespace ModelTools.Formats.SavedModel.Functions;

/// <summary>Calls of functions: <c>StatefulPartitionedCall</c>.</summary>
internal static class GraphCall
{
    /// <summary>The operation.</summary>
    public const string Op = "StatefulPartitionedCall";

    /// <summary>The attributes of a call.</summary>
    public static IReadOnlyList<(string Key, AttributeValue Value)> Attributes(GraphFunction callee) =>
    [
        ("f", AttributeValue.Function(callee.Name)),
        ("Tin", AttributeValue.Types(callee.Arguments.Select(argument => argument.TypeNumber))),
        ("Tout", AttributeValue.Types(callee.Outputs.Select(output => TensorFlowDType.Number(output.Tensor.DType)))),
        ("_output_shapes", AttributeValue.Shapes(callee.Outputs.Select(output => output.Tensor.Shape))),
    ];

    /// <summary>Adds a call to a function under construction.</summary>
    /// <param name="builder">The caller.</param>
    /// <param name="callee">The function that is called; its variables become captures of the caller.</param>
    /// <param name="arguments">Its tensor arguments.</param>
    /// <param name="name">The node's name.</param>
    /// <returns>Its outputs.</returns>
    public static IReadOnlyList<GraphTensor> Add(FunctionBuilder builder, GraphFunction callee, IReadOnlyList<GraphTensor> arguments, out string name)
    {
        var node = builder.AddNode(Op, [.. arguments.Select(argument => argument.Reference), .. callee.Captures.Select(builder.Handle)], Attributes(callee));
        name = node;
        return [.. callee.Outputs.Select((output, index) => new GraphTensor($"{node}:output:{index}", output.Tensor.Spec))];
    }
}
