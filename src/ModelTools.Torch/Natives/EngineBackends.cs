using System.Runtime.InteropServices;

namespace ModelTools.Torch.Natives;

/// <summary>Chooses which of its own parts the engine computes with.</summary>
/// <remarks>
/// The oneDNN that libtorch 2.10 carries computes some convolutions wrong: transposed ones, gradients and channels-last ones with channel counts that
/// do not fill a vector differ from double precision in whole elements (repeat it with <c>ConvolutionSoundnessTests</c>). libtorch's own kernels are
/// right, so they are used. NNPACK writes to the console when it does not know the processor. TorchSharp has no switch for either, but libtorch has.
/// </remarks>
internal static unsafe class EngineBackends
{
    private static readonly string[] Context = ["_ZN2at13globalContextEv", "?globalContext@at@@YAAEAVContext@1@XZ"];

    private static readonly string[][] Switches =
    [
        ["_ZN2at7Context20setUserEnabledMkldnnEb", "?setUserEnabledMkldnn@Context@at@@QEAAX_N@Z"],
        ["_ZN2at7Context20setUserEnabledNNPACKEb", "?setUserEnabledNNPACK@Context@at@@QEAAX_N@Z"],
    ];

    /// <summary>Turns the two parts off.</summary>
    /// <param name="libtorch">The loaded library torch_cpu.</param>
    public static void Choose(nint libtorch)
    {
        if (Find(libtorch, Context) is not { } context)
        {
            return;
        }

        var instance = ((delegate* unmanaged[Cdecl]<nint>)context)();
        foreach (var names in Switches)
        {
            if (Find(libtorch, names) is { } turn)
            {
                ((delegate* unmanaged[Cdecl]<nint, byte, void>)turn)(instance, 0);
            }
        }
    }

    private static nint? Find(nint library, string[] names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryGetExport(library, name, out var address))
            {
                return address;
            }
        }

        return null;
    }
}
