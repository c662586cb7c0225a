using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace ModelTools.Help;

/// <summary>A cmdlet as PowerShell itself sees it, so that its syntax in the help is the one it has.</summary>
/// <param name="Name">Verb and noun.</param>
/// <param name="Type">Its class.</param>
/// <param name="Sets">Its parameter sets, the default one first, without the parameters that every cmdlet has.</param>
internal sealed record CmdletDescription(string Name, Type Type, IReadOnlyList<CommandParameterSetInfo> Sets)
{
    /// <summary>Every parameter once, in the order of their names.</summary>
    public IReadOnlyList<CommandParameterInfo> Parameters { get; } =
        [.. Sets.SelectMany(Visible).DistinctBy(parameter => parameter.Name).OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)];

    private readonly object _fresh = Activator.CreateInstance(Type)!;

    /// <summary>What a parameter is if it is not given: a number, a word or a pattern, or nothing that can be told.</summary>
    public string? DefaultOf(CommandParameterInfo parameter) => Type.GetProperty(parameter.Name)?.GetValue(_fresh) switch
    {
        null or SwitchParameter or "" => null,
        string[] { Length: > 0 } words => string.Join(", ", words),
        string word => word,
        ValueType value when !value.Equals(Activator.CreateInstance(value.GetType())) || value is Enum => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The cmdlets of an assembly.</summary>
    public static IReadOnlyList<CmdletDescription> All(string assembly) =>
    [
        .. from type in Assembly.LoadFrom(Path.GetFullPath(assembly)).GetTypes()
           let cmdlet = type.GetCustomAttribute<CmdletAttribute>()
           where cmdlet is not null && !type.IsAbstract
           let name = $"{cmdlet.VerbName}-{cmdlet.NounName}"
           orderby name
           select new CmdletDescription(name, type, [.. new CmdletInfo(name, type).ParameterSets.OrderByDescending(set => set.IsDefault)]),
    ];

    /// <summary>The parameters of a set in the order in which they are typed.</summary>
    public static IEnumerable<CommandParameterInfo> Visible(CommandParameterSetInfo set) => set.Parameters
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
        .OrderBy(parameter => parameter.Position < 0 ? int.MaxValue : parameter.Position)
        .ThenByDescending(parameter => parameter.IsMandatory)
        .ThenBy(parameter => parameter.Name is "WhatIf" or "Confirm");
}
