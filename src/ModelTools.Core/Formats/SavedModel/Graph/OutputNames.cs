namespace ModelTools.Formats.SavedModel.Graph;

/// <summary>What TensorFlow calls the first output of an operation inside a function body (<c>MatMul:product:0</c>).</summary>
internal static class OutputNames
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["MatMul"] = "product",
        ["ReadVariableOp"] = "value",
        ["Softmax"] = "softmax",
        ["LogSoftmax"] = "logsoftmax",
        ["ResizeArea"] = "resized_images",
        ["ResizeBicubic"] = "resized_images",
        ["ResizeBilinear"] = "resized_images",
        ["ResizeNearestNeighbor"] = "resized_images",
        ["Cumsum"] = "out",
    };

    static OutputNames()
    {
        Add("activations", "Relu", "Relu6", "Elu", "Selu", "Softplus", "Softsign");
        Add("z", "AddV2", "Sub", "Mul", "RealDiv", "TruncateDiv", "FloorDiv", "FloorMod", "Pow", "Maximum", "Minimum", "SquaredDifference", "LogicalAnd", "LogicalOr",
            "Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual");
        Add("y", "Neg", "Abs", "Sign", "Exp", "Expm1", "Log", "Log1p", "Sqrt", "Rsqrt", "Square", "Sigmoid", "Tanh", "Erf", "Sin", "Cos", "Floor", "Ceil", "Round",
            "LogicalNot", "IsFinite", "IsNan", "Cast", "Transpose", "ZerosLike", "FusedBatchNormV3");
    }

    /// <summary>The name; most operations have <c>output</c>.</summary>
    public static string Of(string op) => Names.GetValueOrDefault(op, "output");

    private static void Add(string name, params ReadOnlySpan<string> ops)
    {
        foreach (var op in ops)
        {
            Names.Add(op, name);
        }
    }
}
