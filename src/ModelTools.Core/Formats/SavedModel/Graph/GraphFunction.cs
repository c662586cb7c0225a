using ModelTools.Formats.Protobuf;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>A finished function: TensorFlow's <c>FunctionDef</c>.</summary>
/// <param name="Name">Unique in the library: <c>__inference_base_number</c>.</param>
/// <param name="Arguments">Tensors first, then the handles of captured variables.</param>
/// <param name="Outputs">Name of each output and the tensor it returns.</param>
/// <param name="Nodes">The body.</param>
/// <param name="ControlOutputs">Nodes that must run although nothing reads them: assignments and calls.</param>
/// <param name="IsStateful">True if it touches variables or random numbers.</param>
internal sealed record GraphFunction(
    string Name,
    IReadOnlyList<FunctionArgument> Arguments,
    IReadOnlyList<(string Name, GraphTensor Tensor)> Outputs,
    IReadOnlyList<GraphNode> Nodes,
    IReadOnlyList<string> ControlOutputs,
    bool IsStateful)
{
    /// <summary>The captured variables, in the order of their arguments.</summary>
    public IReadOnlyList<Variable> Captures => [.. Arguments.Where(argument => argument.Variable is not null).Select(argument => argument.Variable!)];

    /// <summary>Writes the function as an element of <c>FunctionDefLibrary.function</c>.</summary>
    public void Write(ProtoWriter writer)
    {
        using (writer.Message(1))
        {
            WriteSignature(writer);
            foreach (var node in Nodes)
            {
                node.Write(writer, 3);
            }

            foreach (var (name, tensor) in Outputs.OrderBy(output => output.Name, StringComparer.Ordinal))
            {
                writer.StringEntry(4, name, tensor.Reference);
            }

            foreach (var name in ControlOutputs.Order(StringComparer.Ordinal))
            {
                writer.StringEntry(6, name, name);
            }

            WriteShapes(writer);
        }
    }

    private void WriteSignature(ProtoWriter writer)
    {
        using (writer.Message(1))
        {
            writer.String(1, Name);
            foreach (var argument in Arguments)
            {
                argument.Write(writer);
            }

            foreach (var (name, tensor) in Outputs)
            {
                using (writer.Message(3))
                {
                    writer.String(1, name);
                    writer.Int64(3, TensorFlowDType.Number(tensor.DType));
                }
            }

            writer.Bool(17, IsStateful);
            writer.Strings(20, ControlOutputs);
        }
    }

    // arg_attr[i]._output_shapes: what TensorFlow knows of a tensor argument's shape.
    private void WriteShapes(ProtoWriter writer)
    {
        for (var i = 0; i < Arguments.Count; i++)
        {
            if (Arguments[i].Variable is null)
            {
                using (writer.Message(7))
                {
                    writer.Int64(1, i);
                    using (writer.Message(2))
                    {
                        writer.Map(1, [KeyValuePair.Create("_output_shapes", AttributeValue.Shapes([Arguments[i].Spec.Shape]))], (target, value) => value.Write(target));
                    }
                }
            }
        }
    }
}
