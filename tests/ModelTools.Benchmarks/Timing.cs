using System.Diagnostics;

namespace ModelTools.Benchmarks;

/// <summary>Warm, best of three: what the peer's side does as well.</summary>
internal static class Timing
{
    public static double Best(Action work, int rounds = 3)
    {
        work();
        var best = double.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
