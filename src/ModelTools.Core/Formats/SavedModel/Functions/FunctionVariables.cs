using ModelTools.Formats.SavedModel.Graph;
using ModelTools.Layers;

namespace ModelTools.Formats.SavedModel.Functions;

/// <summary>The variables of a model as a function sees them: handles that it captures.</summary>
internal sealed class FunctionVariables(FunctionBuilder function) : IVariableAccess<GraphTensor>
{
    private readonly Dictionary<Variable, GraphTensor> _assigned = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc/>
    public GraphTensor Read(Variable variable) => _assigned.GetValueOrDefault(variable) ?? function.Read(variable);

    /// <inheritdoc/>
    public void Update(Variable variable, GraphTensor value) => function.Assign(variable, value);

    /// <inheritdoc/>
    public void Assign(Variable variable, GraphTensor value)
    {
        function.Assign(variable, value);
        _assigned[variable] = value;
    }
}
