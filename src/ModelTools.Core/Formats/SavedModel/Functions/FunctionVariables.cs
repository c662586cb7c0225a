using ModelTools.Formats.SavedModel.Graph;
using ModelTools.Layers;

namespace ModelTools.Formats.SavedModel.Functions;

/// <summary>The variables of a model as a function sees them: handles that it captures.</summary>
internal sealed class FunctionVariables(FunctionBuilder function) : IVariableAccess<GraphTensor>
{
    /// <inheritdoc/>
    public GraphTensor Read(Variable variable) => function.Read(variable);

    /// <inheritdoc/>
    public void Update(Variable variable, GraphTensor value) => function.Assign(variable, value);
}
