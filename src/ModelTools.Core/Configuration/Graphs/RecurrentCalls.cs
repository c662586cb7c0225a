using ModelTools.Layers;

namespace ModelTools.Configuration;

/// <summary>How the generations record the initial states of recurrent layers: further inputs in Keras 2, an argument by name in Keras 3 and here.</summary>
internal static class RecurrentCalls
{
    /// <summary>The argument's name.</summary>
    public const string StateKeyword = "initial_state";

    private static readonly HashSet<string> Classes =
        ["RNN", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "CuDNNLSTM", "CuDNNGRU"];

    /// <summary>True if the layer takes its initial states as further inputs in Keras 2.</summary>
    public static bool TakesStates(Layer layer) => Classes.Contains(layer.ClassName);
}
