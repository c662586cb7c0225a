using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

// PROJECT TARGET [NAME=VALUE …]: builds in this process. A line for the engine, each task, high message, warning and error; ends with 0 if the build succeeded.
var properties = args[2..].Select(argument => argument.Split('=', 2)).ToDictionary(halves => halves[0], halves => halves[1]);
using var projects = new ProjectCollection(properties);
var project = projects.LoadProject(args[0]);
Console.WriteLine($"engine {project.GetPropertyValue("MSBuildVersion")}");
var parameters = new BuildParameters(projects) { Loggers = [new LineLogger()], EnableNodeReuse = false, MaxNodeCount = 1 };
var result = BuildManager.DefaultBuildManager.Build(parameters, new BuildRequestData(project.CreateProjectInstance(), [args[1]]));
return result.OverallResult is BuildResultCode.Success ? 0 : 1;

/// <summary>Writes what a test wants to know.</summary>
internal sealed class LineLogger : ILogger
{
    public LoggerVerbosity Verbosity { get; set; }

    public string? Parameters { get; set; }

    public void Initialize(IEventSource eventSource)
    {
        eventSource.TaskStarted += (_, task) => Console.WriteLine($"task {task.TaskName}");
        eventSource.WarningRaised += (_, warning) => Console.WriteLine($"warning {warning.Code} {warning.File} {warning.Message}");
        eventSource.ErrorRaised += (_, error) => Console.WriteLine($"error {error.Code} {error.File} {error.Message}");
        eventSource.MessageRaised += (_, message) =>
        {
            if (message.Importance is MessageImportance.High)
            {
                Console.WriteLine($"message {message.Message}");
            }
        };
    }

    public void Shutdown()
    {
    }
}
