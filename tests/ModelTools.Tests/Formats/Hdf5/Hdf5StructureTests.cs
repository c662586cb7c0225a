using ModelTools.Tests.Support;

namespace ModelTools.Tests.Formats.Hdf5;

/// <summary>Structures that Keras itself does not write but other programs do, made by the HDF5 library and read by us.</summary>
public sealed class Hdf5StructureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Old_and_new_structures_hold_for_us_what_they_hold_for_h5py()
    {
        Oracle.Execute(
            """
            import os, sys, h5py, numpy as np
            os.chdir(sys.argv[1])
            rng = np.random.default_rng(1)

            def fill(f):
                for n in (1, 8, 9, 40, 700):
                    g = f.create_group(f"links{n}")
                    for i in range(n):
                        g[f"link number {i:05d} with a name of some length"] = np.int32(i)
                for n in (8, 9, 300):
                    g = f.create_group(f"attributes{n}")
                    for i in range(n):
                        g.attrs[f"a{i}"] = np.arange(i)
                g = f.create_group("values")
                g.attrs["text"] = "ü" * 3000
                g.attrs["empty"] = h5py.Empty("f4")
                g.attrs["be"] = np.arange(4, dtype=">i8")
                g.attrs["bools"] = np.array([True, False])
                g.create_dataset("null", data=h5py.Empty("f4"))
                g["type"] = np.dtype("f4")
                g.create_dataset("named", data=np.arange(3), dtype=g["type"])
                g.attrs.create("named", 1.5, dtype=g["type"])
                for kind in ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "c8", "c16"):
                    g[kind] = np.arange(6).reshape(2, 3).astype(kind)
                    g["be" + kind] = np.arange(6).reshape(2, 3).astype(">" + kind)
                g.create_dataset("enum", data=[0, 1], dtype=h5py.enum_dtype({"A": 0, "B": 1}, basetype="i4"))
                g.create_dataset("ascii", data=[b"a", b"bc", b""], dtype=h5py.string_dtype("ascii"))
                g.create_dataset("fixed", data=np.array([b"a", b"bc", b""]))
                g.create_dataset("chunked texts", data=[f"text {i}" for i in range(100)], dtype=h5py.string_dtype(), chunks=(7,), compression="gzip")
                for padding, name in ((h5py.h5t.STR_NULLTERM, "nullterm"), (h5py.h5t.STR_SPACEPAD, "spacepad")):
                    t = h5py.h5t.C_S1.copy(); t.set_size(6); t.set_strpad(padding)
                    d = h5py.h5d.create(g.id, name.encode(), t, h5py.h5s.create_simple((2,)))
                    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([b"ab", b"abcde"] if padding == h5py.h5t.STR_NULLTERM else [b"ab    ", b"abcdef"], dtype="S6"), mtype=t)

            def chunks(f):
                def data(shape, kind="f4"):
                    return (rng.integers(0, 50, shape) / 4).astype(kind)
                options = {
                    "plain": {}, "gzip": {"compression": "gzip"}, "all": {"compression": "gzip", "shuffle": True, "fletcher32": True},
                    "shuffle": {"shuffle": True}, "sum": {"fletcher32": True},
                }
                layouts = {
                    "single": ((5, 7), (5, 7), None), "larger": ((5, 7), (8, 9), (8, 9)), "fixed": ((50, 7), (4, 3), None), "limited": ((10, 9), (4, 3), (20, 12)),
                    "paged": ((5000,), (2,), None), "deep": ((90, 60), (3, 2), None), "grows": ((50, 7), (4, 3), (None, 7)), "grows inside": ((7, 50, 3), (3, 4, 2), (7, None, 5)),
                    "grows far": ((2000,), (2,), (None,)), "grows twice": ((50, 47), (4, 3), (None, None)), "grows twice far": ((60, 90), (2, 3), (None, None)),
                }
                for name, (shape, chunk, most) in layouts.items():
                    for option, arguments in options.items():
                        f.create_dataset(f"{name} {option}", data=data(shape), chunks=chunk, maxshape=most, **arguments)
                    d = f.create_dataset(f"{name} partly", shape, dtype=">f8", chunks=chunk, maxshape=most, fillvalue=1.5, compression="gzip")
                    d[tuple(slice(s // 3, s // 2) for s in shape)] = 7
                d = f.create_dataset("sparse", (300000,), dtype="i2", chunks=(1,), maxshape=(None,), fillvalue=9)
                for i in (0, 3, 4, 5, 100, 70000, 131100, 200000, 299999):
                    d[i] = i % 1000
                d = f.create_dataset("never", (3, 5), dtype="i4", fillvalue=-3)
                f.create_dataset("never chunked", (3, 5), dtype="i4", fillvalue=-3, chunks=(2, 2))
                d = f.create_dataset("shrunk", data=data((40, 40)), chunks=(3, 3), maxshape=(None, None))
                d.resize((7, 5)); d.resize((11, 9))
                for name, option in (("early", h5py.h5d.ALLOC_TIME_EARLY),):
                    p = h5py.h5p.create(h5py.h5p.DATASET_CREATE); p.set_chunk((3, 2)); p.set_alloc_time(option)
                    d = h5py.h5d.create(f.id, name.encode(), h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((10, 5)), dcpl=p)
                    d.write(h5py.h5s.ALL, h5py.h5s.ALL, data((10, 5)))
                p = h5py.h5p.create(h5py.h5p.DATASET_CREATE); p.set_layout(h5py.h5d.COMPACT)
                d = h5py.h5d.create(f.id, b"compact", h5py.h5t.IEEE_F32BE, h5py.h5s.create_simple((10, 5)), dcpl=p)
                d.write(h5py.h5s.ALL, h5py.h5s.ALL, data((10, 5)))

            for version in ("earliest", "latest"):
                for make in (fill, chunks):
                    with h5py.File(f"{make.__name__}-{version}.h5", "w", libver=version, track_order=version == "latest") as f:
                        make(f)
            with h5py.File("latest-attributes.h5", "w", libver="latest") as f:
                f.attrs["huge"] = np.arange(30000)
                f.attrs["larger"] = np.arange(4000)
                for i in range(100):
                    f.attrs[f"long{i}"] = np.arange(500) + i
            with h5py.File("latest-links.h5", "w", libver="latest") as f:
                value = f.create_dataset("value", data=1)
                for i in range(3000):
                    f[f"{i:05d}" + "x" * 250] = value
            with h5py.File("user.h5", "w", userblock_size=2048) as f:
                fill(f)
            p = h5py.h5p.create(h5py.h5p.FILE_CREATE); p.set_sizes(4, 4)
            with h5py.File(h5py.h5f.create(b"small.h5", h5py.h5f.ACC_TRUNC, p)) as f:
                fill(f); chunks(f.create_group("chunks"))
            # What h5py has no name for: other node sizes, and with them superblock 1.
            import ctypes
            library = next(line.split()[-1] for line in open("/proc/self/maps") if "libhdf5" in line and "_hl" not in line)
            hdf5 = ctypes.CDLL(library)
            p = h5py.h5p.create(h5py.h5p.FILE_CREATE)
            assert hdf5.H5Pset_istore_k(ctypes.c_int64(p.id), ctypes.c_uint(3)) == 0 and hdf5.H5Pset_sym_k(ctypes.c_int64(p.id), ctypes.c_uint(3), ctypes.c_uint(2)) == 0
            with h5py.File(h5py.h5f.create(b"superblock1.h5", h5py.h5f.ACC_TRUNC, p)) as f:
                fill(f); chunks(f.create_group("chunks"))
            assert open("superblock1.h5", "rb").read(9)[8] == 1
            print("done")
            """, _folder.Path);
        var paths = Directory.GetFiles(_folder.Path);
        var expected = Hdf5Dump.ReadWithOracle(paths);

        Assert.Equal(9, paths.Length);
        Assert.All(paths, path => Assert.Equal(expected[path], Hdf5Dump.Read(path)));
    }
}
