using ModelTools.Formats.Protobuf;
using ModelTools.Layers;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>An argument of a function: a tensor, or the handle of a variable.</summary>
/// <param name="Name">Lower-case name, unique in the function.</param>
/// <param name="Spec">Type and shape of the tensor, or of the variable behind the handle.</param>
/// <param name="Variable">The variable whose handle it is, or null.</param>
internal sealed record FunctionArgument(string Name, TensorSpec Spec, Variable? Variable)
{
    /// <summary>TensorFlow's type number.</summary>
    public int TypeNumber => Variable is null ? TensorFlowDType.Number(Spec.DType) : TensorFlowDType.Resource;

    /// <summary>Writes TensorFlow's <c>ArgDef</c>.</summary>
    public void Write(ProtoWriter writer)
    {
        using (writer.Message(2))
        {
            writer.String(1, Name);
            writer.Int64(3, TypeNumber);
            if (Variable is not null)
            {
                using (writer.Message(7))
                {
                    writer.Int64(1, TensorFlowDType.Number(Spec.DType));
                    TensorShapeProto.Write(writer, 2, Spec.Shape);
                }
            }
        }
    }
}
