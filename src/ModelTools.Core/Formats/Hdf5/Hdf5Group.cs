using ModelTools.Diagnostics;
using ModelTools.Tensors;
using ModelTools.Formats.Hdf5.Structure;

namespace ModelTools.Formats.Hdf5;

/// <summary>A group: names that stand for groups and datasets.</summary>
/// <remarks>
/// Only hard links are followed. A link of another kind, or to something that is refused, is listed like any other and throws
/// its MT2xxx when it is opened, so that a file can be looked at whatever it holds.
/// </remarks>
internal sealed class Hdf5Group : Hdf5Object
{
    private readonly Hdf5Group? _parent;
    private readonly int _depth;
    private readonly Dictionary<string, Hdf5Object> _opened = [];
    private List<Hdf5Link>? _links;
    private Dictionary<string, Hdf5Link>? _byName;

    internal Hdf5Group(Hdf5Image image, ObjectHeader header, string path, Hdf5Group? parent)
        : base(image, header, path)
    {
        _parent = parent;
        _depth = parent is null ? 0 : parent._depth + 1;
    }

    /// <summary>What the group holds, in the order of the names.</summary>
    /// <exception cref="ModelToolsException">MT1002, MT1003, MT1009: damaged; MT2007: more than the file can hold.</exception>
    public IReadOnlyList<Hdf5Link> Links => _links ??= LinkTable.Read(Image, Header);

    /// <summary>Opens what is at a path below this group, or returns null where there is nothing.</summary>
    /// <param name="path">Names separated by '/'; a leading '/' means nothing.</param>
    /// <exception cref="ModelToolsException">MT2001 to MT2007: there is something that is refused; MT1xxx: it is damaged.</exception>
    public Hdf5Object? Find(string path)
    {
        Hdf5Object current = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (current is not Hdf5Group group || group.Link(name) is not { } link)
            {
                return null;
            }

            current = group.Open(link);
        }

        return current;
    }

    /// <summary>The group at a path, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="Find"/>.</exception>
    public Hdf5Group? FindGroup(string path) => Find(path) as Hdf5Group;

    /// <summary>The dataset at a path, or null where there is none.</summary>
    /// <exception cref="ModelToolsException">As for <see cref="Find"/>.</exception>
    public Hdf5Dataset? FindDataset(string path) => Find(path) as Hdf5Dataset;

    /// <summary>The group at a path.</summary>
    /// <exception cref="ModelToolsException">MT1008: there is none; else as for <see cref="Find"/>.</exception>
    public Hdf5Group Group(string path) => FindGroup(path) ?? throw Missing("group", path);

    /// <summary>The dataset at a path.</summary>
    /// <exception cref="ModelToolsException">MT1008: there is none; else as for <see cref="Find"/>.</exception>
    public Hdf5Dataset Dataset(string path) => FindDataset(path) ?? throw Missing("dataset", path);

    /// <summary>Opens what a link of this group refers to.</summary>
    /// <exception cref="ModelToolsException">MT2001, MT2007: the link is of a kind that is not followed, or leads in a circle; MT1xxx: the object is damaged.</exception>
    public Hdf5Object Open(Hdf5Link link)
    {
        if (_opened.TryGetValue(link.Name, out var known))
        {
            return known;
        }

        var path = (_parent is null ? "" : Path) + "/" + link.Name;
        Refuse(link, path);
        var opened = Read(Image, link.Address, path, this);
        Image.CountObjects(1);
        _opened.Add(link.Name, opened);
        return opened;
    }

    /// <summary>The tensors of all datasets below this group whose type can be read.</summary>
    /// <exception cref="ModelToolsException">What is refused below this group.</exception>
    public IEnumerable<KeyValuePair<string, Tensor>> ReadTensors()
    {
        foreach (var entry in Walk())
        {
            if (entry.Problem is { } problem)
            {
                throw problem;
            }

            if (entry.Node is Hdf5Dataset { ElementType: not null } dataset)
            {
                yield return KeyValuePair.Create(dataset.Path, dataset.Read());
            }
        }
    }

    /// <summary>Everything below this group, depth first, each with the reason where it is refused.</summary>
    /// <remarks>Also checks the storage of datasets, without reading data; so this is what a safety check of a whole file consists of.</remarks>
    public IEnumerable<Hdf5Entry> Walk()
    {
        var pending = new Stack<(Hdf5Group Group, IEnumerator<Hdf5Link> Links)>();
        var (links, failure) = TryGet(() => Links);
        if (links is null)
        {
            yield return new Hdf5Entry(Path, this, failure);
            yield break;
        }

        pending.Push((this, links.GetEnumerator()));
        while (pending.TryPeek(out var top))
        {
            if (!top.Links.MoveNext())
            {
                pending.Pop();
                continue;
            }

            var link = top.Links.Current;
            var (node, problem) = TryGet(() => top.Group.Open(link));
            if (node is Hdf5Group group)
            {
                (links, problem) = TryGet(() => group.Links);
                if (links is not null)
                {
                    pending.Push((group, links.GetEnumerator()));
                }
            }
            else if (node is Hdf5Dataset dataset)
            {
                problem = dataset.Problem;
            }

            yield return new Hdf5Entry(node?.Path ?? top.Group.Path.TrimEnd('/') + "/" + link.Name, node, problem);
        }
    }

    private static (T? Value, ModelToolsException? Failure) TryGet<T>(Func<T> get)
        where T : class
    {
        try
        {
            return (get(), null);
        }
        catch (ModelToolsException error)
        {
            return (null, error);
        }
    }

    private Hdf5Link? Link(string name)
    {
        _byName ??= Links.ToDictionary(link => link.Name);
        return _byName.GetValueOrDefault(name);
    }

    private void Refuse(Hdf5Link link, string path)
    {
        switch (link.Kind)
        {
            case Hdf5LinkKind.Soft:
                throw Image.Error(ErrorCode.ExternalLink, $"'{path}' is a soft link to '{link.Target}'; only hard links are followed.", path);
            case Hdf5LinkKind.External:
                throw Image.Error(ErrorCode.ExternalLink, $"'{path}' is a link to another file: {link.Target}.", path);
            case Hdf5LinkKind.UserDefined:
                throw Image.Error(ErrorCode.ExternalLink, $"'{path}' is a link of a kind that only certain programs understand.", path);
        }

        for (var ancestor = this; ancestor is not null; ancestor = ancestor._parent)
        {
            if (ancestor.Header.Address == link.Address)
            {
                throw Image.Error(ErrorCode.StructureLimit, $"'{path}' is its own ancestor '{ancestor.Path}': the groups form a circle.", path);
            }
        }

        if (_depth + 1 >= Image.Limits.MaximumDepth)
        {
            throw Image.Error(ErrorCode.StructureLimit, $"'{path}' is nested more than {Image.Limits.MaximumDepth} groups deep.", path);
        }
    }

    private ModelToolsException Missing(string kind, string path)
    {
        var full = Path.TrimEnd('/') + "/" + path.TrimStart('/');
        return Image.Error(ErrorCode.MissingPart, $"The file has no {kind} '{full}'.", full);
    }
}
