using ModelTools.Torch;

namespace ModelTools.Tests.Torch;

/// <summary>Starts the engine for a test, or skips the test with the reason.</summary>
internal static class Engine
{
    public static void Require() => Skip.IfNot(TorchEngine.IsAvailable(out var reason), reason);
}
