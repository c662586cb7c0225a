using ModelTools.Configuration.Json;
using ModelTools.Diagnostics;

namespace ModelTools.Configuration;

/// <summary>Tells what of a configuration would make Keras run code or open files. Nothing of it happens here: names stand for a closed table of classes.</summary>
internal static class ConfigSafety
{
    // Modules of Python itself: no part of a model lives in one of them, but much that harms.
    private static readonly HashSet<string> PythonModules = new(StringComparer.Ordinal)
    {
        "asyncio", "base64", "code", "codecs", "commands", "ctypes", "distutils", "functools", "glob", "http", "importlib", "imp", "inspect", "io", "marshal",
        "multiprocessing", "nt", "operator", "os", "pathlib", "pickle", "pip", "pkgutil", "platform", "posix", "pty", "pydoc", "runpy", "setuptools", "shelve", "shutil", "signal",
        "site", "socket", "subprocess", "sys", "tarfile", "tempfile", "threading", "timeit", "types", "urllib", "webbrowser", "zipfile",
    };

    private static readonly HashSet<string> PythonFunctions = new(StringComparer.Ordinal)
    {
        "__import__", "breakpoint", "compile", "delattr", "eval", "exec", "execfile", "exit", "getattr", "globals", "help", "input", "locals", "memoryview", "open", "print", "quit",
        "setattr", "vars",
    };

    /// <summary>Adds a finding for each such part.</summary>
    public static void Report(ConfigValue value, ReadContext context)
    {
        switch (value)
        {
            case ConfigArray items:
                foreach (var item in items)
                {
                    Report(item, NameOf(item) is { } layer ? context.At(layer) : context);
                }

                break;
            case ConfigObject item:
                if (item.Find("class_name") is ConfigString name)
                {
                    ReportObject(name.Value, item, context);
                }

                foreach (var (key, member) in item)
                {
                    Report(member, key is "config" or "layers" ? context : context.At(key));
                }

                break;
        }
    }

    private static string? NameOf(ConfigValue item) => ((item as ConfigObject)?.Find("config") as ConfigObject)?.Find("name") is ConfigString name ? name.Value : null;

    private static void ReportObject(string className, ConfigObject item, ReadContext context)
    {
        var place = context.Location.Length > 0 ? context.Location : className;
        var module = item.Find("module") is ConfigString text ? text.Value : "";
        var function = className == "function" && item.Find("config") is ConfigString name ? name.Value : null;
        if (className == "__lambda__")
        {
            context.Warn(ErrorCode.ExecutableContent, $"'{place}' carries code of the model's author, which is never run.");
        }
        else if (PythonModules.Contains(module.Split('.')[0]) || IsHarmful(module, function))
        {
            context.Warn(ErrorCode.ExecutableContent, $"'{place}' names {module}.{function ?? className}, which is no part of a model: it is never called.");
        }
        else if (className == "DTypePolicyMap")
        {
            context.Warn(ErrorCode.UnsupportedOption, $"'{place}' is a map of policies by patterns: its patterns are not used, its default policy is.");
        }
        else if (module.StartsWith("keras.", StringComparison.Ordinal) && !module.StartsWith("keras.src", StringComparison.Ordinal) && item.Find("registered_name") is ConfigString registered && registered.Value.Contains('>', StringComparison.Ordinal))
        {
            context.Warn(ErrorCode.UnsupportedLayer, $"'{place}' is {className} of Keras, but claims to be '{registered.Value}' as well: it is taken for that of Keras.");
        }

        if (item.Find("config") is ConfigObject config && config.Find("vocabulary") is ConfigString path)
        {
            context.Warn(ErrorCode.PathEscape, $"'{place}' takes its vocabulary from the file '{path.Value}', which is not read.");
        }
    }

    private static bool IsHarmful(string module, string? function) => function is not null
        && (PythonFunctions.Contains(function) || module.Split('.') is ["keras", "utils" or "config" or "saving", ..] or ["keras", "src", "utils" or "saving", ..]);
}
