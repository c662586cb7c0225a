using System.Reflection;
using System.Runtime.Loader;
using ModelTools.Diagnostics;
using ModelTools.Tests.Support;
using ModelTools.Torch;
using ModelTools.Torch.Natives;
using TorchSharp;

namespace ModelTools.Tests.Torch;

public sealed class TorchEngineTests
{
    [SkippableFact]
    public void TheEngineStartsAndComputes()
    {
        Engine.Require();
        TorchEngine.Start();
        using var product = torch.ones(3, 4).matmul(torch.full([4, 2], 0.5f));
        Assert.Equal([2f, 2f, 2f, 2f, 2f, 2f], product.data<float>().ToArray());
        Assert.InRange(torch.get_num_threads(), 1, Environment.ProcessorCount);
    }

    [SkippableFact]
    public void ItStartsInALoadContextOfItsOwn()
    {
        Engine.Require();
        var start = Isolated().GetType(typeof(TorchEngine).FullName!)!.GetMethod(nameof(TorchEngine.Start))!;
        start.Invoke(null, null);
        Assert.NotSame(typeof(TorchEngine), start.DeclaringType);
    }

    [SkippableFact]
    public void DamagedLibrariesGiveTheSamePlainErrorEveryTimeAndNoHarm()
    {
        Engine.Require();
        using var folder = new TemporaryFolder();
        foreach (var name in NativePlatform.Current!.Libraries.Append(NativePlatform.Current.Binding))
        {
            File.WriteAllText(folder[name], "This is not a library.");
        }

        var engine = Isolated();
        var files = NonPublic(engine, typeof(NativeFiles), nameof(NativeFiles.Below)).Invoke(null, [folder.Path, NonPublicCurrent(engine)]);
        var load = NonPublic(engine, typeof(NativeLoader), nameof(NativeLoader.Load));
        var messages = Enumerable.Range(0, 2).Select(_ =>
        {
            var failure = Assert.IsType<ModelToolsException>(Assert.Throws<TargetInvocationException>(() => load.Invoke(null, [files])).InnerException);
            Assert.Equal(ErrorCode.EngineCannotStart, failure.Code);
            return failure.Message;
        }).ToArray();

        Assert.Equal(messages[0], messages[1]);
        Assert.DoesNotContain("strace", messages[0], StringComparison.Ordinal);
        engine.GetType(typeof(TorchEngine).FullName!)!.GetMethod(nameof(TorchEngine.Start))!.Invoke(null, null);
    }

    private static object NonPublicCurrent(Assembly engine) =>
        engine.GetType(typeof(NativePlatform).FullName!)!.GetProperty(nameof(NativePlatform.Current))!.GetValue(null)!;

    private static MethodInfo NonPublic(Assembly engine, Type type, string method) => engine.GetType(type.FullName!)!.GetMethod(method)!;

    /// <summary>The engine's assemblies once more, with types and static state of their own, as a PowerShell module loads them.</summary>
    private static Assembly Isolated()
    {
        var context = new AssemblyLoadContext("engine");
        context.LoadFromAssemblyPath(typeof(torch).Assembly.Location);
        return context.LoadFromAssemblyPath(typeof(TorchEngine).Assembly.Location);
    }
}
