using ModelTools.Diagnostics;
using ModelTools.Formats;
using ModelTools.Models;
using ModelTools.Packaging;
using ModelTools.Reporting;
using ModelTools.Validation;

namespace ModelTools.Tests.Support;

/// <summary>Takes a file through everything that opens models, and demands the one kind of answer that there is for bad input.</summary>
internal static class HostileFile
{
    private const long Floor = 256L << 20;
    private const long PerByte = 1000;

    private static readonly TimeSpan Endless = TimeSpan.FromSeconds(120);

    /// <summary>Reads, checks and shows a model and makes a class of it: each step works or ends with an error of the table, in plain words, without memory that the file's size does not explain.</summary>
    /// <param name="path">The model.</param>
    /// <returns>The codes of the errors, in the order of the steps.</returns>
    public static IReadOnlyList<ErrorCode> Survive(string path)
    {
        using var folder = new TemporaryFolder();
        var codes = new List<ErrorCode>();
        var memory = Floor + (PerByte * SizeOf(path));
        ModelContract? contract = null;
        Step(() => About(ModelFile.Inspect(path)));
        Step(() => ModelFile.Load(path));
        Step(() => Assert.All(ModelValidator.Validate(path).Findings, finding => AssertPlain(finding.Message)));
        Step(() => ModelPage.WriteFile(path, folder["page.html"]));
        Step(() => contract = ModelContract.Of(path));
        Step(() => ModelConversion.Convert(path, folder["converted.json"]));
        if (contract is not null)
        {
            Step(() => ModelClass.Generate(contract, new GeneratedClassOptions { FullName = "Acme.Model", ModelPath = "model.h5" }));
            Step(() => new ModelLock().With(contract, path, folder["lock.json"]).Write(folder["lock.json"]));
        }

        return codes;

        void Step(Action action)
        {
            if (Failure(action, memory) is { } error)
            {
                codes.Add(error.Code);
            }
        }
    }

    /// <summary>The error that a step ends with, or null; any other exception, a step without end and too much memory fail the test.</summary>
    /// <param name="action">The step.</param>
    /// <param name="memory">Most bytes that it may take.</param>
    public static ModelToolsException? Failure(Action action, long memory = long.MaxValue)
    {
        ModelToolsException? failure = null;
        Exception? defect = null;
        var taken = 0L;
        var thread = new Thread(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                action();
            }
            catch (ModelToolsException error)
            {
                failure = error;
            }
            catch (Exception error)
            {
                defect = error;
            }

            taken = GC.GetAllocatedBytesForCurrentThread() - before;
        })
        { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Endless), "The step does not end.");
        Assert.True(defect is null, $"{defect}");
        Assert.InRange(taken, 0, memory);
        if (failure is not null)
        {
            AssertPlain(failure.Message);
            Assert.NotEqual(ErrorCode.Defect, failure.Code);
        }

        return failure;
    }

    private static void About(ModelInfo info)
    {
        Assert.All(info.Findings, finding => AssertPlain(finding.Message));
        if (info.Model is { } model)
        {
            AssertPlain(new ModelSummary(model).ToString(), int.MaxValue);
            Assert.True(model.ParameterCount >= 0);
        }
    }

    private static void AssertPlain(string text, int length = 5000)
    {
        Assert.InRange(text.Length, 1, length);
        Assert.DoesNotContain(text, character => (char.IsControl(character) && character is not ('\n' or '\r')) || character is '\u202e');
    }

    private static long SizeOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length)
        : new FileInfo(path).Length;
}
