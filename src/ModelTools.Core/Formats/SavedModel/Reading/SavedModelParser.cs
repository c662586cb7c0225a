using ModelTools.Diagnostics;
using ModelTools.Formats.Protobuf;
using ModelTools.Tensors;

namespace ModelTools.Formats.SavedModel.Reading;

/// <summary>Looks through <c>saved_model.pb</c> and <c>keras_metadata.pb</c>.</summary>
internal sealed class SavedModelParser
{
    private readonly string _path;
    private readonly ModelReadLimits _limits;
    private readonly List<ModelFinding> _findings = [];
    private readonly List<GraphSummary> _graphs = [];
    private readonly List<SavedModelSignature> _signatures = [];
    private readonly List<string> _tags = [];
    private readonly List<string> _assets = [];
    private readonly List<long> _boundInputs = [];
    private string _version = "";
    private string? _rootMetadata;
    private byte[]? _structure;
    private long _schema;
    private int _metaGraphs;
    private int _objects;

    private SavedModelParser(string path, ModelReadLimits limits)
    {
        _path = path;
        _limits = limits;
    }

    /// <summary>Looks through a directory.</summary>
    /// <exception cref="ModelToolsException">MT1005: the file is damaged; MT2006: a link leads out of the directory; MT6001, MT6003.</exception>
    public static SavedModelContent Parse(string path, ModelReadLimits limits)
    {
        var parser = new SavedModelParser(path, limits);
        parser.ParseMain(parser.ReadFile(SavedModelFacts.FileName));
        var metadata = Path.Combine(path, SavedModelFacts.KerasMetadataFileName);
        if (File.Exists(metadata))
        {
            parser.ParseMetadata(new ProtoReader(parser.ReadFile(SavedModelFacts.KerasMetadataFileName), ErrorCode.CorruptSavedModel, SavedModelFacts.KerasMetadataFileName, limits.MaximumDepth));
        }

        if (File.Exists(Path.Combine(path, SavedModelFacts.StructureFileName)))
        {
            parser._structure = parser.ReadFile(SavedModelFacts.StructureFileName);
        }

        return parser.Result();
    }

    private byte[] ReadFile(string name)
    {
        var full = Path.Combine(_path, name);
        RequireInside(new FileInfo(full));
        using var file = SourceFile.Open(full);
        return file.Length <= Math.Min(_limits.MaximumMessageBytes, Array.MaxLength)
            ? file.Read(0, (int)file.Length)
            : throw new ModelToolsException(ErrorCode.SizeLimit, $"{name} has {file.Length} bytes; a message of that size is not read.") { Path = full };
    }

    private void RequireInside(FileSystemInfo item)
    {
        if (item.Exists && item.ResolveLinkTarget(returnFinalTarget: true) is { } target && !target.FullName.StartsWith(Path.GetFullPath(_path) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelToolsException(ErrorCode.PathEscape, $"'{item.Name}' is a link that leads out of the SavedModel.") { Path = item.FullName };
        }
    }

    private void ParseMain(byte[] bytes)
    {
        var message = new ProtoReader(bytes, ErrorCode.CorruptSavedModel, SavedModelFacts.FileName, _limits.MaximumDepth);
        var served = IndexOfServed(message);
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    _schema = message.Int64();
                    break;
                case 2 when _metaGraphs++ == served:
                    ParseMetaGraph(message.Message());
                    break;
            }
        }

        if (_metaGraphs == 0)
        {
            throw message.Damaged("it holds no graph");
        }
    }

    // Servers take the graph with their tag; where none has it, the first one is looked at.
    private static int IndexOfServed(ProtoReader message)
    {
        var index = 0;
        while (message.Next())
        {
            if (message.Field == 2)
            {
                var graph = message.Message();
                while (graph.Next())
                {
                    List<string> tags = [];
                    if (graph.Field == 1)
                    {
                        ParseMetaInfo(graph.Message(), tags);
                    }

                    if (tags.Contains(SavedModelFacts.ServeTag))
                    {
                        return index;
                    }
                }

                index++;
            }
        }

        return 0;
    }

    private void ParseMetaGraph(ProtoReader message)
    {
        while (message.Next())
        {
            switch (message.Field)
            {
                case 1:
                    _version = ParseMetaInfo(message.Message(), _tags);
                    break;
                case 2:
                    ParseGraph(message.Message());
                    break;
                case 5:
                    var signature = message.MessageEntry(out var name);
                    ParseSignature(name, signature);
                    break;
                case 6:
                    ParseAsset(message.Message());
                    break;
                case 7:
                    ParseObjects(message.Message());
                    break;
            }
        }
    }

    private static string ParseMetaInfo(ProtoReader message, List<string> tags)
    {
        var version = "";
        while (message.Next())
        {
            if (message.Field == 4)
            {
                tags.Add(message.String());
            }
            else if (message.Field == 5)
            {
                version = message.String();
            }
        }

        return version;
    }

    private void ParseGraph(ProtoReader message)
    {
        var main = new GraphSummary("");
        _graphs.Add(main);
        while (message.Next())
        {
            if (message.Field == 1)
            {
                main.AddNode(message.Message());
            }
            else if (message.Field == 2)
            {
                var library = message.Message();
                while (library.Next())
                {
                    if (library.Field == 1)
                    {
                        ParseFunction(library.Message());
                    }
                }
            }
        }
    }

    private void ParseFunction(ProtoReader message)
    {
        // The signature comes first in every writer, but a reader must not rely on it.
        var nodes = message;
        var name = "";
        while (message.Next())
        {
            if (message.Field == 1)
            {
                var signature = message.Message();
                while (signature.Next())
                {
                    if (signature.Field == 1)
                    {
                        name = signature.String();
                    }
                }
            }
        }

        var function = new GraphSummary(name);
        _graphs.Add(function);
        while (nodes.Next())
        {
            if (nodes.Field == 3)
            {
                function.AddNode(nodes.Message());
            }
        }
    }

    private void ParseSignature(string name, ProtoReader message)
    {
        List<TensorSpec> inputs = [], outputs = [];
        while (message.Next())
        {
            if (message.Field is 1 or 2)
            {
                var target = message.Field == 1 ? inputs : outputs;
                var info = message.MessageEntry(out var key);
                target.Add(ParseTensorInfo(key, info));
            }
        }

        if (name != SavedModelFacts.InitSignature)
        {
            _signatures.Add(new SavedModelSignature(name, inputs, outputs));
        }
    }

    private static TensorSpec ParseTensorInfo(string key, ProtoReader message)
    {
        var dtype = DType.Float32;
        var shape = Shape.Scalar;
        while (message.Next())
        {
            if (message.Field == 2)
            {
                dtype = TensorFlowDType.Find(message.Int32()) ?? DType.String;
            }
            else if (message.Field == 3)
            {
                shape = TensorShapeProto.Read(message.Message()) ?? [Shape.Unknown];
            }
        }

        return new TensorSpec(dtype, shape, key);
    }

    private void ParseAsset(ProtoReader message)
    {
        while (message.Next())
        {
            if (message.Field == 2)
            {
                var name = message.String();
                _assets.Add(name);
                if (name.Length == 0 || Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..") || name.Contains(':', StringComparison.Ordinal))
                {
                    _findings.Add(new ModelFinding(ErrorCode.PathEscape, $"The asset '{name}' lies outside of the SavedModel.", name));
                }
            }
        }
    }

    private void ParseObjects(ProtoReader message)
    {
        while (message.Next())
        {
            if (message.Field == 1)
            {
                ParseObject(message.Message(), _objects++ == 0);
            }
            else if (message.Field == 2)
            {
                var function = message.MessageEntry(out _);
                while (function.Next())
                {
                    if (function.Field == 2)
                    {
                        function.AppendInt64(_boundInputs);
                    }
                }
            }
        }
    }

    // Before TensorFlow 2.5 Keras kept its JSON in the objects themselves.
    private void ParseObject(ProtoReader message, bool isRoot)
    {
        while (message.Next())
        {
            if (message.Field == 4 && isRoot)
            {
                var user = message.Message();
                while (user.Next())
                {
                    if (user.Field == 3 && user.String() is { Length: > 0 } json)
                    {
                        _rootMetadata = json;
                    }
                }
            }
        }
    }

    private void ParseMetadata(ProtoReader message)
    {
        while (message.Next())
        {
            if (message.Field == 1)
            {
                var node = message.Message();
                string path = "", json = "";
                while (node.Next())
                {
                    if (node.Field == 3)
                    {
                        path = node.String();
                    }
                    else if (node.Field == 5)
                    {
                        json = node.String();
                    }
                }

                _rootMetadata = path == "root" && json.Length > 0 ? json : _rootMetadata;
            }
        }
    }

    private SavedModelContent Result()
    {
        _findings.AddRange(GraphChecks.Check(_graphs));
        if (_boundInputs.Find(node => node < 0 || node >= _objects) is not 0 and var missing)
        {
            _findings.Add(new ModelFinding(ErrorCode.CorruptSavedModel, $"A function is bound to the object {missing}, which is not there.", null));
        }

        if (_schema is not (0 or 1))
        {
            _findings.Add(new ModelFinding(ErrorCode.UnsupportedFormat, $"The layout of the file has version {_schema}; version 1 is known.", SavedModelFacts.FileName));
        }

        if (!_tags.Contains(SavedModelFacts.ServeTag))
        {
            _findings.Add(new ModelFinding(ErrorCode.UnsupportedFormat, $"The graph is tagged {string.Join(", ", _tags)}; servers look for the tag '{SavedModelFacts.ServeTag}'.", null));
        }

        if (_signatures.Count == 0)
        {
            _findings.Add(new ModelFinding(ErrorCode.UnsupportedOption, "The SavedModel has no signatures: servers cannot call it.", null));
        }

        var operations = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var graph in _graphs)
        {
            foreach (var node in graph.Nodes)
            {
                operations.TryAdd(node.Op, graph.Name.Length == 0 ? node.Name : $"{graph.Name}/{node.Name}");
            }
        }

        if (operations.ContainsKey("VarHandleOp") && !File.Exists(Path.Combine(_path, SavedModelFacts.VariablesPrefix + ".index")))
        {
            _findings.Add(new ModelFinding(ErrorCode.CorruptSavedModel, $"The graph has variables, but their values are missing: there is no {SavedModelFacts.VariablesPrefix}.index.", null));
        }

        return new SavedModelContent
        {
            Path = _path,
            SchemaVersion = _schema,
            Tags = _tags,
            TensorFlowVersion = _version,
            Signatures = [.. _signatures.OrderBy(signature => signature.Name, StringComparer.Ordinal)],
            Operations = operations,
            Assets = _assets,
            RootMetadata = _rootMetadata,
            Structure = _structure,
            Findings = _findings,
        };
    }
}
