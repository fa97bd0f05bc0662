# SPDX-License-Identifier: Apache-2.0
"""As much of oneDNN's C interface as matrix products and convolutions take, for versions 2 and 3 of the library.

Both versions hand memory descriptors around by pointer. In version 2 that is a struct of the caller's, whose size does not
matter here as long as there is enough room; in version 3 the library keeps it. Layouts are told by strides, never by the tags
whose numbers change between versions.
"""
import ctypes

import numpy

from peers.libraries import load
from peers.serve import Failure

CPU, IN_ORDER, ANY_LAYOUT, FORWARD_INFERENCE, DIRECT = 1, 1, 1, 96, 1
WEIGHTS_LAYOUT = 131                    # a query
SOURCE, DESTINATION, WEIGHTS = 1, 17, 33  # arguments; a reorder's first and second are the first two as well
ALLOCATE = ctypes.c_void_p(-1)
TYPES = {numpy.dtype("float32"): 3, numpy.dtype("int32"): 4, numpy.dtype("int8"): 5}
INSTRUCTIONS = {0x1: "SSE4.1", 0x3: "AVX", 0x7: "AVX2", 0x27: "AVX-512", 0x67: "AVX-512 VNNI", 0xe7: "AVX-512 BF16",
                0x407: "AVX2 VNNI"}
ROOM = 1 << 16                          # bytes, for any descriptor of version 2


class Version(ctypes.Structure):
    _fields_ = [("major", ctypes.c_int), ("minor", ctypes.c_int), ("patch", ctypes.c_int)]


class Argument(ctypes.Structure):
    _fields_ = [("which", ctypes.c_int), ("memory", ctypes.c_void_p)]


def sizes(values):
    """dnnl_dims_t: always twelve."""
    return (ctypes.c_int64 * 12)(*values)


class Library:
    def __init__(self):
        self._c = load("libdnnl.so.3", "libdnnl.so.2", "libdnnl.dylib")
        self._c.dnnl_version.restype = ctypes.POINTER(Version)
        self._c.dnnl_primitive_desc_query_md.restype = ctypes.c_void_p
        self._kept = []  # what version 2 points into
        version = self._c.dnnl_version().contents
        self._major = version.major
        self.version = f"{version.major}.{version.minor}.{version.patch}"
        found = self._c.dnnl_get_effective_cpu_isa()
        self.isa = INSTRUCTIONS.get(found, f"ISA {found:#x}")
        self._engine = self._made("engine_create", CPU, ctypes.c_size_t(0))
        self._stream = self._made("stream_create", self._engine, IN_ORDER)

    def layout(self, shape, dtype, strides=None):
        """Of dimensions in oneDNN's order; `strides` in elements, in that order too. Without: whatever oneDNN likes best."""
        kind = TYPES[numpy.dtype(dtype)]
        how, last = ("tag", ANY_LAYOUT) if strides is None else ("strides", sizes(strides))
        arguments = len(shape), sizes(shape), kind, last
        if self._major > 2:
            return self._made(f"memory_desc_create_with_{how}", *arguments)
        room = ctypes.create_string_buffer(ROOM)
        self._kept.append(room)
        self._call(f"memory_desc_init_by_{how}", room, *arguments)
        return ctypes.c_void_p(ctypes.addressof(room))

    def matmul(self, source, weights, destination):
        layouts = source, weights, None, destination
        if self._major > 2:
            return self._made("matmul_primitive_desc_create", self._engine, *layouts, None)
        return self._described("matmul_desc_init", *layouts)

    def convolution(self, source, weights, destination, padding):
        """With stride 1; `padding`: rows and columns on either side. By the definition, not by Winograd's algorithm, which
        rounds otherwise."""
        words = FORWARD_INFERENCE, DIRECT, source, weights, None, destination, sizes((1, 1))
        if self._major > 2:
            return self._made("convolution_forward_primitive_desc_create", self._engine, *words, sizes((0, 0)), sizes(padding),
                              sizes(padding), None)
        return self._described("convolution_forward_desc_init", *words, sizes(padding), sizes(padding))

    def weights_layout(self, description):
        """What a description made of `any`."""
        return ctypes.c_void_p(self._c.dnnl_primitive_desc_query_md(description, WEIGHTS_LAYOUT, 0))

    def memory(self, layout, array=None):
        """Memory of the library's own, aligned as it likes; with the bytes of `array` in it."""
        memory = self._made("memory_create", layout, self._engine, ALLOCATE)
        if array is not None:
            array = numpy.ascontiguousarray(array)
            ctypes.memmove(self._address(memory), array.ctypes.data, array.nbytes)
        return memory

    def read(self, memory, shape, dtype):
        count = int(numpy.prod(shape))
        raw = ctypes.string_at(self._address(memory), count * numpy.dtype(dtype).itemsize)
        return numpy.frombuffer(raw, dtype).reshape(shape)

    def reordered(self, memory, before, after):
        """The same numbers in another layout."""
        description = self._made("reorder_primitive_desc_create", before, self._engine, after, self._engine, None)
        moved = self.memory(after)
        self.computation(description, {SOURCE: memory, DESTINATION: moved})()
        return moved

    def computation(self, description, arguments):
        """A function without arguments that computes once, to the end."""
        primitive = self._made("primitive_create", description)
        words = (Argument * len(arguments))(*(Argument(which, memory.value) for which, memory in arguments.items()))
        execute, wait, stream, count = self._c.dnnl_primitive_execute, self._c.dnnl_stream_wait, self._stream, len(arguments)

        def compute():
            if execute(primitive, stream, count, words) or wait(stream):
                raise Failure("oneDNN did not execute it")
        return compute

    def _call(self, name, *arguments):
        status = getattr(self._c, f"dnnl_{name}")(*arguments)
        if status:
            raise Failure(f"dnnl_{name} answers {status}")

    def _made(self, name, *arguments):
        """Of the functions that create something, and write it to their first argument."""
        made = ctypes.c_void_p()
        self._call(name, ctypes.byref(made), *arguments)
        return made

    def _described(self, name, *arguments):
        """Version 2 describes the operation in a struct first."""
        room = ctypes.create_string_buffer(ROOM)
        self._call(name, room, *arguments)
        return self._made("primitive_desc_create", room, None, self._engine, None)

    def _address(self, memory):
        address = ctypes.c_void_p()
        self._call("memory_get_data_handle", memory, ctypes.byref(address))
        return address.value
