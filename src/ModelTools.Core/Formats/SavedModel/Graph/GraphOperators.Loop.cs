using ModelTools.Formats.Protobuf;
using ModelTools.Operators;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Graph;

/// <content>Loops over time.</content>
/// <remarks>
/// A StatelessWhile whose variables are, in this order: counter, number of steps, states, sequences, invariants, collected outputs.
/// TensorFlow's gradient of a loop reads the second variable as the number of steps and the first as the count.
/// </remarks>
internal sealed partial class GraphOperators
{
    /// <inheritdoc/>
    public ScanResult<GraphTensor> Loop(Scan<GraphTensor> scan)
    {
        var steps = scan.Sequences[0].Shape[0];
        return (scan.Unroll || lowering is RecurrentLowering.Unroll) && steps >= 0 ? Unroll(scan, (int)steps) : While(scan);
    }

    private ScanResult<GraphTensor> Unroll(Scan<GraphTensor> scan, int steps)
    {
        var elements = scan.Sequences.Select(sequence => Unstack(sequence, 0)).ToList();
        var states = scan.InitialStates;
        var outputs = new List<GraphTensor>();
        for (var i = 0; i < steps; i++)
        {
            var time = scan.Reverse ? steps - 1 - i : i;
            var step = scan.Body(this, [.. elements.Select(element => element[time])], states, scan.Invariants);
            states = step.States;
            outputs.Add(step.Output);
        }

        return new ScanResult<GraphTensor>(scan.CollectOutputs ? Stack(outputs, 0) : null, states);
    }

    private ScanResult<GraphTensor> While(Scan<GraphTensor> scan)
    {
        var shapes = Shapes.Loop(new Scan<TensorSpec>(Specs(scan.Sequences), Specs(scan.InitialStates), Specs(scan.Invariants), SpecBody(scan)) { CollectOutputs = scan.CollectOutputs });
        var states = scan.InitialStates.Count;
        List<GraphTensor> variables = [Int(0), DimensionValue(scan.Sequences[0], 0), .. scan.InitialStates, .. scan.Sequences, .. scan.Invariants];
        List<TensorSpec> specs = [variables[0].Spec, variables[1].Spec, .. shapes.States, .. Specs(scan.Sequences), .. Specs(scan.Invariants)];
        if (scan.CollectOutputs)
        {
            variables.Add(EmptyOutputs(scan, shapes.Outputs!));
            specs.Add(shapes.Outputs!);
        }

        var condition = Condition(specs);
        var body = Body(scan, specs, shapes.Outputs);
        var results = function.AddMany("StatelessWhile", variables, specs,
            ("T", AttributeValue.Types(variables.Select(variable => TensorFlowDType.Number(variable.DType)))), ("cond", AttributeValue.Function(condition.Name)), ("body", AttributeValue.Function(body.Name)),
            ("output_shapes", AttributeValue.Shapes(specs.Select(spec => spec.Shape))), ("_lower_using_switch_merge", AttributeValue.Bool(true)));
        return new ScanResult<GraphTensor>(scan.CollectOutputs ? results[^1] : null, [.. results.Skip(2).Take(states)]);
    }

    private GraphFunction Condition(IReadOnlyList<TensorSpec> specs)
    {
        var builder = function.Library.Begin("while_cond");
        var arguments = Arguments(builder, specs);
        var less = new GraphOperators(builder, lowering).Binary(BinaryOperator.Less, arguments[0], arguments[1]);
        return builder.Finish([("identity", less)], [], isStateful: false);
    }

    private GraphFunction Body(Scan<GraphTensor> scan, IReadOnlyList<TensorSpec> specs, TensorSpec? collected)
    {
        var builder = function.Library.Begin("while_body");
        var op = new GraphOperators(builder, lowering);
        var arguments = Arguments(builder, specs);
        var counter = arguments[0];
        var time = scan.Reverse ? op.Subtract(op.Subtract(arguments[1], counter), op.Int(1)) : counter;
        var place = 2;
        var states = Take(scan.InitialStates.Count);
        var sequences = Take(scan.Sequences.Count);
        var invariants = Take(scan.Invariants.Count);
        var step = scan.Body(op, [.. sequences.Select(sequence => op.Gather(sequence, time))], states, invariants);

        List<GraphTensor> results = [op.Add(counter, 1), arguments[1], .. step.States, .. sequences, .. invariants];
        if (collected is not null)
        {
            results.Add(op.Collect(arguments[^1], counter, step.Output));
        }

        return builder.Finish([.. results.Select((result, index) => ($"o_{index}", result))], [], isStateful: false);

        IReadOnlyList<GraphTensor> Take(int count)
        {
            place += count;
            return [.. arguments.Skip(place - count).Take(count)];
        }
    }

    private GraphTensor Collect(GraphTensor outputs, GraphTensor counter, GraphTensor output) =>
        function.Add("TensorScatterUpdate", [outputs, Reshape(counter, [1, 1]), ExpandDimensions(output, 0)], outputs.Spec, Typed(outputs), Index("Tindices"));

    private GraphTensor EmptyOutputs(Scan<GraphTensor> scan, TensorSpec outputs)
    {
        var element = outputs.Shape.Slice(1, outputs.Shape.Rank - 1);
        // Open extents of an output are those of the sequence (time, batch): zeros cut out of it need no shape arithmetic.
        List<Dimension<GraphTensor>> shape = [DimensionOf(scan.Sequences[0], 0)];
        for (var axis = 0; axis < element.Rank; axis++)
        {
            shape.Add(element[axis] >= 0 ? element[axis] : DimensionOf(scan.InitialStates[0], axis));
        }

        return Fill(outputs.DType, shape, 0);
    }

    private GraphTensor DimensionValue(GraphTensor x, int axis)
    {
        var extent = DimensionOf(x, axis);
        return extent.Value ?? Int((int)extent.Known);
    }

    // The shapes of a step, found by running the body on a function that is thrown away.
    private ScanBody<TensorSpec> SpecBody(Scan<GraphTensor> scan) => (_, inputs, states, invariants) =>
    {
        var scratch = new FunctionBuilder(new FunctionLibrary(), "scratch", _ => { });
        var step = scan.Body(new GraphOperators(scratch, lowering), Of(inputs), Of(states), Of(invariants));
        return new ScanStep<TensorSpec>(step.Output.Spec, Specs(step.States));

        IReadOnlyList<GraphTensor> Of(IReadOnlyList<TensorSpec> specs) => [.. specs.Select(spec => scratch.Argument("a", spec))];
    };

    private static List<GraphTensor> Arguments(FunctionBuilder builder, IReadOnlyList<TensorSpec> specs) =>
        [.. specs.Select((spec, index) => builder.Argument($"i_{index}", spec))];
}
