using ModelTools.Formats;
using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Models;

/// <summary>The names of layers without one, held against those that Keras gives.</summary>
public sealed class LayerNamesTests
{
    private const string Script = """
        import importlib, os, sys
        os.environ.update(TF_CPP_MIN_LOG_LEVEL='3', CUDA_VISIBLE_DEVICES='')
        def names(layer):
            config = layer['config']
            inner = [config[key] for key in ('layer', 'backward_layer', 'cell') if key in config] + config.get('cells', [])
            found = [name for part in inner for name in names(part)] + [config['name']]
            return [name.removeprefix('forward_') for name in found if not name.startswith('backward_')]  # Keras 3 tells the names of the two directions
        for framework in 'keras', 'tf_keras':
            keras = importlib.import_module(framework)
            L = keras.layers
            model = keras.Sequential([
                L.Bidirectional(L.LSTM(2, return_sequences=True)), L.LSTM(2, return_sequences=True), L.TimeDistributed(L.Dense(2)),
                L.Bidirectional(L.LSTM(3, return_sequences=True), backward_layer=L.LSTM(3, return_sequences=True, go_backwards=True)),
                L.Bidirectional(L.GRU(2, return_sequences=True), name='both'), L.TimeDistributed(L.TimeDistributed(L.Dense(1))), L.Dense(1)])
            print(*[name for layer in model.layers for name in names(keras.layers.serialize(layer))])
        import keras
        L = keras.layers
        model = keras.Sequential([L.RNN(L.StackedRNNCells([L.LSTMCell(2), L.GRUCell(2), L.LSTMCell(2)]), return_sequences=True), L.RNN(L.LSTMCell(2))])
        print(*[name for layer in model.layers for name in names(keras.layers.serialize(layer))])
        loaded = keras.models.load_model(sys.argv[1])
        print(*[name for layer in loaded.layers for name in names(keras.layers.serialize(layer))])
        """;

    [SkippableFact]
    public void Layers_inside_of_wrappers_are_numbered_as_Keras_does()
    {
        var model = Model.Sequential(
        [
            new Bidirectional(new LSTM(2) { ReturnSequences = true }), new LSTM(2) { ReturnSequences = true }, new TimeDistributed(new Dense(2)),
            new Bidirectional(new LSTM(3) { ReturnSequences = true }) { BackwardLayer = new LSTM(3) { ReturnSequences = true, GoBackwards = true } },
            new Bidirectional(new GRU(2) { ReturnSequences = true }) { Name = "both" }, new TimeDistributed(new TimeDistributed(new Dense(1))), new Dense(1),
        ]);
        var cells = Model.Sequential([new RNN(new StackedRNNCells([new LSTMCell(2), new GRUCell(2), new LSTMCell(2)])) { ReturnSequences = true }, new RNN(new LSTMCell(2))]);
        var graph = Graph();
        using var folder = new TemporaryFolder();
        ModelFile.Save(graph, folder["graph.keras"]);

        var answer = Oracle.Execute(Script, folder["graph.keras"]).Split('\n');

        Assert.Equal(answer[0], Names(model));
        Assert.Equal(answer[1], Names(model));
        Assert.Equal(answer[2], Names(cells));
        Assert.Equal(answer[3], Names(graph));
    }

    [Fact]
    public void Names_that_come_after_the_weights_are_in_the_weights_names()
    {
        Assert.Equal(
            ["bidirectional/forward_lstm/lstm_cell/kernel", "bidirectional/backward_lstm/lstm_cell/kernel", "bidirectional_1/forward_lstm_1/lstm_cell/kernel", "bidirectional_1/backward_lstm_1/lstm_cell/kernel"],
            Graph().Variables.Select(variable => variable.FullName).Where(name => name.EndsWith("/kernel", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_layer_that_is_added_later_goes_on_counting()
    {
        var model = Model.Sequential([new Bidirectional(new LSTM(2) { ReturnSequences = true })]);
        model.Add(new Bidirectional(new LSTM(2) { ReturnSequences = true }));
        model.Add(new LSTM(2));

        Assert.Equal("lstm bidirectional lstm_1 bidirectional_1 lstm_2", Names(model));
    }

    private static Model Graph()
    {
        var input = Model.Input([-1, 5, 3]);
        var first = new ModelLayer(new Bidirectional(new LSTM(2) { ReturnSequences = true })).Apply([input])[0];
        return Model.Functional([input], [new ModelLayer(new Bidirectional(new LSTM(2))).Apply([first])[0]]);
    }

    private static string Names(Model model) => string.Join(' ', model.AllLayers.Select(layer => layer.Layer).SelectMany(Names));

    private static IEnumerable<string> Names(Layer layer) => layer.Parts.SelectMany(Names).Append(layer.Name);
}
