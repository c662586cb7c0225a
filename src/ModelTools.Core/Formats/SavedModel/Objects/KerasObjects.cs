using ModelTools.Formats.Checkpoint;
using ModelTools.Formats.SavedModel.Functions;
using ModelTools.Layers;
using ModelTools.Models;

namespace ModelTools.Formats.SavedModel.Objects;

/// <summary>The object graph of a Keras model: the objects of its checkpoint, and the functions to call it.</summary>
internal sealed class KerasObjects
{
    private const string PlainObject = "_generic_user_object";

    private readonly Dictionary<TrackableObject, SavedObject> _objects = [];
    private readonly Dictionary<TrackableObject, string> _identifiers = [];
    private readonly HashSet<Variable> _trainable;
    private readonly string _otherIdentifier;

    /// <summary>Makes the graph.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objects">The objects of its checkpoint.</param>
    /// <param name="functions">What it computes.</param>
    /// <param name="isOfKeras">Whether layers are marked as Keras's own, which Keras 2 rebuilds from its metadata; else all are plain objects.</param>
    public KerasObjects(Model model, ModelObjects objects, ModelFunctions functions, bool isOfKeras)
    {
        _otherIdentifier = isOfKeras ? "_tf_keras_layer" : PlainObject;
        _trainable = model.TrainableVariables.ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        if (isOfKeras)
        {
            Identify(model, objects);
        }

        Root = Convert(objects.Root);
        AddVariableLists(model, objects);
        Root.Add("__call__", new FunctionObject(new FunctionSpec(["inputs", "training", "mask"], StructuredValue.Tuple(StructuredValue.Of(false), StructuredValue.None), StructuredValue.None), [.. functions.Call.Select(call => call.Function.Name)]));
        Root.Add("serve", new FunctionObject(new FunctionSpec(["inputs"], StructuredValue.None, functions.InputSignature), functions.Serve.Function.Name));
        Root.Add("signatures", new UserObject("signature_map"))
            .Add(SavedModelFacts.ServingSignature, new SignatureObject(functions.Signature.Function.Name, functions.SortedInputs));
    }

    /// <summary>The model.</summary>
    public SavedObject Root { get; }

    /// <summary>The object that stands for a layer or model of the checkpoint.</summary>
    public SavedObject this[TrackableObject item] => _objects[item];

    private static string IdentifierOf(ModelLayer layer) => layer switch
    {
        { NestedModel: { } nested } => IdentifierOf(nested),
        { Layer: InputLayer } => "_tf_keras_input_layer",
        { Layer: ISequenceLayer } => "_tf_keras_rnn_layer",
        _ => "_tf_keras_layer",
    };

    private static string IdentifierOf(Model model) => model.Kind is ModelKind.Sequential ? "_tf_keras_sequential" : "_tf_keras_network";

    private void Identify(Model model, ModelObjects objects)
    {
        _identifiers[objects.Of(model)] = IdentifierOf(model);
        foreach (var layer in model.Layers)
        {
            _identifiers[objects.Of(layer)] = IdentifierOf(layer);
            if (layer.NestedModel is { } nested)
            {
                Identify(nested, objects);
            }
        }
    }

    private SavedObject Convert(TrackableObject item)
    {
        if (_objects.TryGetValue(item, out var known))
        {
            return known;
        }

        SavedObject converted = item.Source is { } variable
            ? new VariableObject(variable, _trainable.Contains(variable))
            : new UserObject(_identifiers.GetValueOrDefault(item, _otherIdentifier));
        _objects.Add(item, converted);
        foreach (var (name, child) in item.Children)
        {
            converted.Add(name, Convert(child));
        }

        return converted;
    }

    private void AddVariableLists(Model model, ModelObjects objects)
    {
        AddList("variables", model.Variables);
        AddList("trainable_variables", model.TrainableVariables);

        void AddList(string name, IEnumerable<Variable> variables)
        {
            var list = Root.Add(name, new UserObject("trackable_list_wrapper"));
            foreach (var (variable, index) in variables.Select((variable, index) => (variable, index)))
            {
                list.Add($"{index}", _objects[objects.Of(variable)]);
            }
        }
    }
}
