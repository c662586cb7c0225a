using System.Collections.Concurrent;
using System.Numerics;
using System.Reflection;
using System.Reflection.Emit;

namespace ModelTools.Torch.Training.Elementwise;

/// <summary>A formula as machine code.</summary>
/// <param name="arrays">Addresses of the arrays.</param>
/// <param name="numbers">The numbers.</param>
/// <param name="start">Offset of the first element, in bytes.</param>
/// <param name="end">Offset behind the last element, in bytes; a whole number of vectors behind the first.</param>
internal delegate void FormulaCode(nint[] arrays, float[] numbers, nint start, nint end);

/// <summary>Makes one loop of a formula, in which every value is read once, stays in a register, and is written once.</summary>
internal static class FormulaCompiler
{
    private static readonly ConcurrentDictionary<FormulaPlan, FormulaCode> Known = [];
    private static readonly ConstructorInfo Broadcast = typeof(Vector<float>).GetConstructor([typeof(float)])!;

    /// <summary>The code of a formula.</summary>
    public static FormulaCode Compile(FormulaPlan plan) => Known.GetOrAdd(plan, Emit);

    private static FormulaCode Emit(FormulaPlan plan)
    {
        var method = new DynamicMethod("Formula", typeof(void), [typeof(nint[]), typeof(float[]), typeof(nint), typeof(nint)], typeof(FormulaCompiler).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var addresses = Locals(typeof(nint), plan.Arrays);
        var values = new Dictionary<OperandKind, LocalBuilder[]>
        {
            [OperandKind.Array] = Locals(typeof(Vector<float>), plan.Arrays),
            [OperandKind.Number] = Locals(typeof(Vector<float>), plan.Numbers),
            [OperandKind.Intermediate] = Locals(typeof(Vector<float>), plan.Instructions.Count),
        };
        Fill(addresses, OpCodes.Ldarg_0, OpCodes.Ldelem_I, null);
        Fill(values[OperandKind.Number], OpCodes.Ldarg_1, OpCodes.Ldelem_R4, Broadcast);

        var (next, condition) = (il.DefineLabel(), il.DefineLabel());
        il.Emit(OpCodes.Br, condition);
        il.MarkLabel(next);
        for (var array = 0; array < plan.Arrays; array++)
        {
            Address(array);
            il.Emit(OpCodes.Unaligned, (byte)sizeof(float));
            il.Emit(OpCodes.Ldobj, typeof(Vector<float>));
            il.Emit(OpCodes.Stloc, values[OperandKind.Array][array]);
        }

        for (var i = 0; i < plan.Instructions.Count; i++)
        {
            var (operation, a, b) = plan.Instructions[i];
            Load(a);
            if (b is not null)
            {
                Load(b);
            }

            il.Emit(OpCodes.Call, operation);
            il.Emit(OpCodes.Stloc, values[OperandKind.Intermediate][i]);
        }

        foreach (var (array, value) in plan.Results)
        {
            Address(array);
            Load(value);
            il.Emit(OpCodes.Unaligned, (byte)sizeof(float));
            il.Emit(OpCodes.Stobj, typeof(Vector<float>));
        }

        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldc_I4, Vector<byte>.Count);
        il.Emit(OpCodes.Add);
        il.Emit(OpCodes.Starg_S, (byte)2);
        il.MarkLabel(condition);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Ldarg_3);
        il.Emit(OpCodes.Blt, next);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<FormulaCode>();

        LocalBuilder[] Locals(Type type, int count) => [.. Enumerable.Range(0, count).Select(_ => il.DeclareLocal(type))];

        void Fill(LocalBuilder[] locals, OpCode source, OpCode element, ConstructorInfo? conversion)
        {
            for (var i = 0; i < locals.Length; i++)
            {
                il.Emit(source);
                il.Emit(OpCodes.Ldc_I4, i);
                il.Emit(element);
                if (conversion is not null)
                {
                    il.Emit(OpCodes.Newobj, conversion);
                }

                il.Emit(OpCodes.Stloc, locals[i]);
            }
        }

        void Address(int array)
        {
            il.Emit(OpCodes.Ldloc, addresses[array]);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Add);
        }

        void Load(Operand operand) => il.Emit(OpCodes.Ldloc, values[operand.Kind][operand.Index]);
    }
}
