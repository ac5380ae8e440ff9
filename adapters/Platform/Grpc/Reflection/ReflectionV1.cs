using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace FoodDelivery.Platform.GrpcRuntime.Reflection;

/// <summary>Answers questions about the mapped services.</summary>
sealed class ReflectionV1(DescriptorIndex index) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream, IServerStreamWriter<ServerReflectionResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(Answer(index, request));
        }
    }

    public static ServerReflectionResponse Answer(DescriptorIndex index, ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.AddRange(index.ServiceNames.Select(name => new ServiceResponse { Name = name }));
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AddFiles(response, index.FileByName(request.FileByFilename), request.FileByFilename);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AddFiles(response, index.FileOfSymbol(request.FileContainingSymbol), request.FileContainingSymbol);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension:
                var extension = request.FileContainingExtension;
                AddFiles(response, index.FileOfExtension(extension.ContainingType, extension.ExtensionNumber), extension.ContainingType);
                break;
            case ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType:
                AddExtensions(response, index, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(StatusCode.Unimplemented, "The request asks nothing that is known here.");
                break;
        }

        return response;
    }

    static void AddFiles(ServerReflectionResponse response, IReadOnlyList<ByteString> files, string wanted)
    {
        if (files.Count == 0)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"{wanted} is not known here.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(files);
    }

    static void AddExtensions(ServerReflectionResponse response, DescriptorIndex index, string type)
    {
        if (index.FileOfSymbol(type).Count == 0)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"{type} is not known here.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = type };
        response.AllExtensionNumbersResponse.ExtensionNumber.AddRange(index.ExtensionsOf(type));
    }

    static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = message };
}
