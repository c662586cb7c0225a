namespace ModelTools.Help;

/// <summary>All pages: one a cmdlet, and <c>Parameters.md</c> for what means the same everywhere.</summary>
internal sealed class HelpFolder
{
    private readonly string _sharedPage;
    private readonly IReadOnlyDictionary<string, HelpPage> _pages;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _shared;

    private HelpFolder(IReadOnlyDictionary<string, HelpPage> pages, string sharedPage)
    {
        _pages = pages;
        _sharedPage = sharedPage;
        _shared = HelpPageReader.ReadParameters(sharedPage);
    }

    /// <summary>Reads the pages of a folder.</summary>
    public static HelpFolder Read(string folder) => new(
        Directory.EnumerateFiles(folder, "*-*.md").Order(StringComparer.Ordinal).Select(HelpPageReader.Read).ToDictionary(page => page.Name, StringComparer.OrdinalIgnoreCase),
        Path.Combine(folder, "Parameters.md"));

    /// <summary>The page of a cmdlet, if it has one.</summary>
    public HelpPage? PageOf(string cmdlet) => _pages.GetValueOrDefault(cmdlet);

    /// <summary>What is said about a parameter of a cmdlet: by its own page, or else by the shared one.</summary>
    public IReadOnlyList<string> TextOf(string cmdlet, string parameter) =>
        PageOf(cmdlet)?.Parameters.GetValueOrDefault(parameter) ?? _shared.GetValueOrDefault(parameter) ?? [];

    /// <summary>Refuses pages of cmdlets and parameters that there are not. What lacks a page is left to the tests.</summary>
    /// <exception cref="HelpPageException">A page names what there is not.</exception>
    public void Check(IReadOnlyList<CmdletDescription> cmdlets)
    {
        foreach (var page in _pages.Values)
        {
            var cmdlet = cmdlets.FirstOrDefault(candidate => candidate.Name == page.Name)
                ?? throw new HelpPageException(page.File, 1, $"There is no cmdlet {page.Name}.");
            if (page.Parameters.Keys.FirstOrDefault(name => cmdlet.Parameters.All(parameter => parameter.Name != name)) is { } unknown)
            {
                throw new HelpPageException(page.File, 1, $"{page.Name} has no parameter -{unknown}.");
            }
        }

        if (_shared.Keys.FirstOrDefault(name => !cmdlets.Any(cmdlet => cmdlet.Parameters.Any(parameter => parameter.Name == name))) is { } unused)
        {
            throw new HelpPageException(_sharedPage, 1, $"No cmdlet has a parameter -{unused}.");
        }
    }
}
