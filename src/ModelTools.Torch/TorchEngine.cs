using System.Diagnostics.CodeAnalysis;
using ModelTools.Diagnostics;
using ModelTools.Torch.Natives;
using TorchSharp;

namespace ModelTools.Torch;

/// <summary>The engine that predicts and trains: starts libtorch at first use and never before.</summary>
/// <remarks>
/// The native libraries are looked for in the folder that <c>MODELTOOLS_TORCH</c> names, else beside ModelTools, else in the NuGet
/// package folders. A failed start leaves nothing behind: the next attempt tries again and says the same, or works if the cause is gone.
/// </remarks>
public static class TorchEngine
{
    private static readonly object Gate = new();
    private static volatile bool _started;

    /// <summary>Starts the engine if it does not run yet.</summary>
    /// <exception cref="ModelToolsException">MT5001: the native libraries were not found; MT5002: they cannot be loaded.</exception>
    public static void Start()
    {
        if (_started)
        {
            return;
        }

        lock (Gate)
        {
            if (!_started)
            {
                var files = NativeSearch.Find();
                WaitPolicy.During(() => NativeLoader.Load(files));
                Probe();
                AllocatorPolicy.Apply();
                EngineBackends.Choose(NativeLoader.Engine);
                SetThreads();
                _started = true;
            }
        }
    }

    /// <summary>Starts the engine and tells whether it runs.</summary>
    /// <param name="reason">Why it does not, as one sentence; null if it does.</param>
    public static bool IsAvailable([NotNullWhen(false)] out string? reason)
    {
        try
        {
            Start();
            reason = null;
        }
        catch (ModelToolsException failure)
        {
            reason = failure.Message;
        }

        return reason is null;
    }

    /// <summary>The first use of TorchSharp's types: its static constructor runs here.</summary>
    private static void Probe()
    {
        try
        {
            using var zeros = torch.zeros(2);
            if (zeros.NumberOfElements != 2)
            {
                throw new ModelToolsException(ErrorCode.EngineCannotStart, "The engine's first tensor is not what was asked for: its libraries do not fit each other.");
            }
        }
        catch (Exception failure) when (failure is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException)
        {
            throw new ModelToolsException(ErrorCode.EngineCannotStart, $"TorchSharp cannot start: {LoadFailure.Reason(failure.GetBaseException().Message)}", failure);
        }
    }

    /// <summary>One thread per core, unless the user decided by the variables that libtorch itself reads.</summary>
    private static void SetThreads()
    {
        if (Environment.GetEnvironmentVariable("OMP_NUM_THREADS") is null && Environment.GetEnvironmentVariable("MKL_NUM_THREADS") is null)
        {
            torch.set_num_threads(ProcessorCores.Count());
        }
    }
}
