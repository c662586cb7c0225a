using System.Security.Cryptography;
using ModelTools.Formats.Hdf5;
using ModelTools.Tensors;
using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Lists what a file holds, a line each: by our reader and by h5py.</summary>
internal static class Hdf5Dump
{
    /// <summary>The same listing made by h5py. Arguments: a file that lists the paths.</summary>
    private const string Python = """
        import hashlib, sys
        import h5py
        import numpy as np

        def digest(data):
            return hashlib.sha256(data).hexdigest()[:16]

        def texts(value):
            flat = np.asarray(value, dtype=object).ravel() if not isinstance(value, (bytes, str)) else [value]
            return [v if isinstance(v, bytes) else v.encode("utf-8", "surrogateescape") for v in flat]

        def describe(kind, shape, value, opaque):
            if shape is None:
                return f"{kind.name}|(0,)|{digest(b'')}"
            shape_text = "(" + ", ".join(map(str, shape)) + (",)" if len(shape) == 1 else ")")
            if h5py.check_string_dtype(kind) is not None:
                data = b"".join(t + b"\0" for t in texts(value)) if 0 not in shape else b""
                return f"string|{shape_text}|{digest(data)}"
            array = np.asarray(value)
            name = opaque or ("bfloat16" if array.dtype == "V2" else None) or array.dtype.newbyteorder("=").name
            if array.dtype.kind not in "V":
                array = array.astype(array.dtype.newbyteorder("<"))
            return f"{name}|{shape_text}|{digest(np.ascontiguousarray(array).tobytes())}"

        def dump(item, path, out):
            for name in sorted(item.attrs, key=lambda n: n.encode("utf-16-be", "surrogatepass")):
                ident = item.attrs.get_id(name)
                shape = None if ident.get_space().get_simple_extent_type() == h5py.h5s.NULL else ident.shape
                out.append(f"{path}@{name}|{describe(ident.dtype, shape, item.attrs[name], None)}")
            if isinstance(item, h5py.Dataset):
                opaque = item.attrs.get("dtype") if item.dtype.kind == "V" else None
                shape = None if item.id.get_space().get_simple_extent_type() == h5py.h5s.NULL else item.shape
                out.append(f"{path}|{describe(item.dtype, shape, item[()], opaque)}")
            elif isinstance(item, h5py.Group):
                out.append(f"{path}|group")
                for name in sorted(item, key=lambda n: n.encode("utf-16-be", "surrogatepass")):
                    dump(item[name], path.rstrip("/") + "/" + name, out)

        for line in open(sys.argv[1], encoding="utf-8"):
            file = line.rstrip("\n")
            lines = []
            with h5py.File(file, "r") as root:
                dump(root, "/", lines)
            print("#" + file)
            print("\n".join(lines))
        """;

    /// <summary>By our reader.</summary>
    public static List<string> Read(string path)
    {
        using var file = Hdf5File.Open(path);
        return Read(file);
    }

    /// <summary>By our reader.</summary>
    public static List<string> Read(Hdf5File file)
    {
        var lines = new List<string>();
        Add(file.Root, lines);
        return lines;
    }

    /// <summary>By h5py, for many files at once.</summary>
    public static Dictionary<string, List<string>> ReadWithOracle(IReadOnlyList<string> paths)
    {
        var list = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(list, paths);
            var result = new Dictionary<string, List<string>>();
            foreach (var line in Oracle.Execute(Python, list).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line[0] == '#')
                {
                    result.Add(line[1..], []);
                }
                else
                {
                    result.Last().Value.Add(line);
                }
            }

            return result;
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static void Add(Hdf5Object item, List<string> lines)
    {
        foreach (var attribute in item.Attributes.Values)
        {
            lines.Add($"{item.Path}@{attribute.Name}|{Describe(attribute.Value())}");
        }

        if (item is Hdf5Dataset dataset)
        {
            lines.Add($"{item.Path}|{Describe(dataset.Read())}");
        }
        else if (item is Hdf5Group group)
        {
            lines.Add($"{item.Path}|group");
            foreach (var link in group.Links)
            {
                Add(group.Open(link), lines);
            }
        }
    }

    private static string Describe(Tensor tensor)
    {
        using var bytes = new MemoryStream();
        if (tensor.Data is StringData text)
        {
            foreach (var element in text.Elements)
            {
                bytes.Write(element);
                bytes.WriteByte(0);
            }
        }
        else
        {
            tensor.Data.CopyTo(bytes);
        }

        return $"{tensor.DType.Name()}|{tensor.Shape}|{Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..16]}";
    }
}
