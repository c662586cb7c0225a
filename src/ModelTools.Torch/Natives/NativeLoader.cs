using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ModelTools.Diagnostics;
using TorchSharp;

namespace ModelTools.Torch.Natives;

/// <summary>Loads the native libraries by full path, before TorchSharp looks for them by itself.</summary>
/// <remarks>
/// Left alone, TorchSharp copies half a gigabyte beside the program, prints to the console and poisons its type when it
/// fails. So everything that can fail is done, and checked, before its static constructor runs.
/// </remarks>
internal static class NativeLoader
{
    private const string BindingName = "LibTorchSharp";
    private const string EngineName = "torch_cpu";

    private static readonly Dictionary<string, nint> Handles = [];
    private static bool _hooked;

    /// <summary>The loaded library torch_cpu.</summary>
    public static nint Engine => Handles[EngineName];

    /// <summary>Loads the libraries and lets TorchSharp find them; on return its types can be used.</summary>
    /// <exception cref="ModelToolsException">MT5002: the system cannot load them.</exception>
    public static void Load(NativeFiles files)
    {
        foreach (var library in files.Libraries)
        {
            Handles[Name(library)] = LoadLibrary(library);
        }

        Handles[BindingName] = LoadBinding(files.Binding);
        Hook(typeof(DeviceType).Assembly);
        foreach (var name in new[] { EngineName, BindingName })
        {
            CheckFound(name, typeof(DeviceType).Assembly);
        }
    }

    private static nint LoadBinding(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException old) when (old.Message.Contains($"`{AdaptedBinding.UnusedVersion}' not found", StringComparison.Ordinal))
        {
            return LoadLibrary(Adapt(path));
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw CannotLoad(path, failure);
        }
    }

    private static string Adapt(string path)
    {
        try
        {
            return AdaptedBinding.Prepare(path, AdaptedBinding.UserCache());
        }
        catch (InvalidDataException unknown)
        {
            throw new ModelToolsException(
                ErrorCode.EngineCannotStart,
                $"{Path.GetFileName(path)} needs a newer libstdc++ ({AdaptedBinding.UnusedVersion}) than this system has, and cannot be adapted to it: {unknown.Message}",
                unknown)
            {
                Path = path,
                Advice = "Use a system with GCC 13's libstdc++ or later.",
            };
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new ModelToolsException(
                ErrorCode.EngineCannotStart,
                $"The engine needs to keep an adapted copy of {Path.GetFileName(path)} in \"{AdaptedBinding.UserCache()}\", which cannot be written: {denied.Message}",
                denied)
            {
                Path = AdaptedBinding.UserCache(),
                Advice = "Set XDG_CACHE_HOME to a folder that can be written.",
            };
        }
    }

    private static nint LoadLibrary(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw CannotLoad(path, failure);
        }
    }

    private static ModelToolsException CannotLoad(string path, Exception failure) =>
        new(ErrorCode.EngineCannotStart, $"{Path.GetFileName(path)} cannot be loaded: {LoadFailure.Reason(failure.Message)}", failure)
        {
            Path = path,
            Advice = LoadFailure.Advice(failure.Message) ?? ErrorCode.EngineCannotStart.Advice,
        };

    /// <summary>Answers TorchSharp's own look-ups and imports, in whatever load context it lives.</summary>
    private static void Hook(Assembly assembly)
    {
        if (_hooked)
        {
            return;
        }

        _hooked = true;
        (AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default).ResolvingUnmanagedDll += (requesting, name) => requesting == assembly ? Find(name) : 0;
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => Find(name));
        }
        catch (InvalidOperationException)
        {
            // Somebody else answers TorchSharp's imports already; the event above still answers what they leave open.
        }
    }

    /// <summary>What TorchSharp will do first: if this fails, its static constructor must not run.</summary>
    private static void CheckFound(string name, Assembly assembly)
    {
        string? reason = null;
        try
        {
            if (NativeLibrary.TryLoad(name, assembly, null, out _))
            {
                return;
            }
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            reason = LoadFailure.Reason(failure.Message);
        }

        throw new ModelToolsException(ErrorCode.EngineCannotStart, $"The .NET binding does not find {name} although it is loaded: {reason ?? "another component answers for it"}.")
        {
            Path = assembly.Location,
        };
    }

    private static nint Find(string name) => Handles.GetValueOrDefault(Name(name));

    /// <summary>A library's bare name: without folder, extension and the prefix <c>lib</c> (of which libLibTorchSharp has one only).</summary>
    private static string Name(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var ending in new[] { ".so", ".dll", ".dylib" })
        {
            name = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name[..^ending.Length] : name;
        }

        return name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name;
    }
}
