using FoodDelivery.Services.Gateway;
using FoodDelivery.Platform.Hosting;

return await ServiceRunner.Run(() => OpenDoor.Build(args));
